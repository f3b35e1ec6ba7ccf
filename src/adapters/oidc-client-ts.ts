import type {
  OidcMetadata,
  SigninPopupArgs,
  SigninRedirectArgs,
  User,
  UserManager,
} from 'oidc-client-ts'
import type { AuthAdapter, Trip } from '../core/adapter.js'
import { readAnswer, readTripReturn } from '../core/answer.js'
import { defined } from '../core/defined.js'
import { StepUpError } from '../core/errors.js'
import { authenticationFromToken } from '../core/token.js'

/** Options of `createOidcClientTsAdapter`. */
export interface OidcClientTsAdapterOptions {
  /** The provider's name, for the dialog. */
  readonly label?: string
}

/**
 * The adapter for oidc-client-ts, also under react-oidc-context: give both the same `UserManager`, and
 * `<AuthProvider skipSigninCallback={stepUp.returning}>`, so that a code is spent by one party.
 *
 * @example
 * const userManager = new UserManager({ authority, client_id, redirect_uri })
 * export const stepUp = createStepUpClient({ adapter: createOidcClientTsAdapter(userManager) })
 */
export function createOidcClientTsAdapter(
  userManager: UserManager,
  { label }: OidcClientTsAdapterOptions = {},
): AuthAdapter {
  const { events } = userManager
  /** Whoever spends the code, this tells that it was spent. */
  const loaded = new Promise<User>((resolve) => {
    events.addUserLoaded(resolve)
  })
  return {
    async getAuthentication() {
      // `profile` lacks auth_time, acr and amr: the SDK takes protocol claims out of it.
      const token = (await userManager.getUser())?.id_token
      return token ? authenticationFromToken(token) : null
    },
    subscribe(onChange) {
      const stopLoaded = events.addUserLoaded(onChange)
      const stopUnloaded = events.addUserUnloaded(onChange)
      return () => {
        stopLoaded()
        stopUnloaded()
      }
    },
    methods: () => [
      {
        type: 'redirect',
        id: 'oidc',
        label,
        popup: true,
        async start(trip) {
          await userManager[trip.popup ? 'signinPopup' : 'signinRedirect'](requestFor(trip))
        },
      },
    ],
    peek: readReturn,
    async complete(url) {
      const answer = readAnswer(url)
      await checkIssuer(userManager, answer)
      // Across a Cross-Origin-Opener-Policy the SDK listens for its own part of the `state` alone.
      const own = url.href.replace(/(%3B|;)p\.[\w-]+/, '')
      try {
        await userManager[own === url.href ? 'signinCallback' : 'signinPopupCallback'](own)
      } catch (error) {
        // An AuthProvider without skipSigninCallback has taken the state, and no code can be spent with
        // it any more: its result is as good.
        if (!String(error).includes('No matching') || answer?.has('error')) throw error
        await loaded
      }
    },
  }
}

const requestFor = (trip: Trip): SigninRedirectArgs & SigninPopupArgs =>
  defined({
    url_state: trip.handle,
    nonce: crypto.randomUUID(),
    max_age: trip.maxAge,
    acr_values: trip.requirement.acrValues?.join(' '),
    prompt: trip.prompt,
    login_hint: trip.loginHint,
    // The SDK finds the window, which is open already, by its name.
    popupWindowTarget: trip.popup?.name,
    popupSignal: trip.signal,
  })

/** The SDK's `state` is its own id, a semicolon, and ours. */
const readReturn = (url: URL) => readTripReturn(url, (state) => state.replace(/^[^;]*;?/, ''))

interface Rfc9207 {
  readonly authorization_response_iss_parameter_supported?: boolean
}

/** RFC 9207 2.4: an answer of another issuer is refused before its code goes anywhere. */
async function checkIssuer(
  { metadataService }: UserManager,
  answer: URLSearchParams | null,
): Promise<void> {
  const metadata: Partial<OidcMetadata> & Rfc9207 = await metadataService.getMetadata()
  const right = answer?.has('iss')
    ? answer.get('iss') === metadata.issuer
    : !metadata.authorization_response_iss_parameter_supported
  if (right) return
  throw new StepUpError('provider_error', 'Another issuer answered.')
}
