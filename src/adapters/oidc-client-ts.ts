import type { OidcMetadata, SigninRedirectArgs, User, UserManager } from 'oidc-client-ts'
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
      return token === undefined ? null : authenticationFromToken(token)
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
      defined({
        type: 'redirect' as const,
        id: 'oidc',
        label,
        popup: true,
        async start(trip: Trip) {
          const { popup, signal } = trip
          const request = requestFor(trip)
          // The SDK finds the window, which is open already, by its name.
          const own = popup && { popupWindowTarget: popup.name, popupSignal: signal }
          await (own
            ? userManager.signinPopup({ ...request, ...own })
            : userManager.signinRedirect(request))
        },
      }),
    ],
    peek: readReturn,
    async complete(url) {
      await checkIssuer(userManager, url)
      // Open, so that the core closes it once it has reported.
      if (isPopup(url)) return userManager.signinPopupCallback(url.href, true)
      try {
        await userManager.signinCallback(url.href)
      } catch (error) {
        // An AuthProvider without skipSigninCallback has taken the state: its result is as good.
        if (!isTaken(error) || readAnswer(url)?.has('error')) throw error
        await loaded
      }
    },
  }
}

const requestFor = ({ handle, maxAge, prompt, loginHint, requirement }: Trip): SigninRedirectArgs =>
  defined({
    url_state: handle,
    nonce: crypto.randomUUID(),
    max_age: maxAge,
    acr_values: requirement.acrValues?.join(' '),
    prompt,
    login_hint: loginHint,
  })

/** The SDK's `state` is its own id, a semicolon, and ours. */
const readReturn = (url: URL) => readTripReturn(url, (state) => state.replace(/^[^;]*;?/, ''))

const isPopup = (url: URL) => readReturn(url)?.state.startsWith('p.')

/** The state was removed from the SDK's store already: no code can be spent with it any more. */
const isTaken = (error: unknown) => String(error).includes('No matching state')

interface Rfc9207 {
  readonly authorization_response_iss_parameter_supported?: boolean
}

/** RFC 9207 2.4: an answer of another issuer is refused before its code goes anywhere. */
async function checkIssuer({ metadataService }: UserManager, url: URL): Promise<void> {
  const metadata: Partial<OidcMetadata> & Rfc9207 = await metadataService.getMetadata()
  const issuer = readAnswer(url)?.get('iss') ?? null
  const required = metadata.authorization_response_iss_parameter_supported
  if (issuer === null ? !required : issuer === metadata.issuer) return
  throw new StepUpError(
    'provider_error',
    `The answer is of ${issuer ?? 'nobody'}, not of ${metadata.issuer ?? ''}: not used.`,
  )
}
