// What the Descope of test/servers/descope.ts remembers: sessions, their step-ups, tokens, keys.
import { randomBytes } from 'node:crypto'
import { SignJWT, type JWTPayload } from 'jose'
import { findUser } from '../../demo/idp/users.js'
import { signingKeys } from './signing-keys.js'

/** Seconds, as Descope has them by default. */
const SESSION_LIFETIME = 600
const REFRESH_LIFETIME = 28 * 24 * 3600
export const STEP_UP_TIMEOUT = 600

export interface LoginOptions {
  readonly stepup?: boolean
  readonly customClaims?: Readonly<Record<string, unknown>>
}

export interface DescopeSession {
  readonly id: string
  readonly userId: string
  amr: readonly string[]
  /** Seconds since the epoch: moved by a step-up, and by nothing else. */
  stepUpAt: number | undefined
  /** What pages have asked for: Descope keeps it apart, and in the refresh token. */
  nsec: Readonly<Record<string, unknown>>
}

/** A proof that is under way. */
export interface Begun {
  readonly userId: string
  readonly options: LoginOptions
  /** Who was signed in when it began. */
  readonly present: DescopeSession | undefined
}

const random = () => randomBytes(24).toString('base64url')

export async function createSessions(projectId: string, now: () => number) {
  const kid = `SK${random()}`
  const { privateKey, jwks } = await signingKeys(kid)
  const refreshTokens = new Map<string, DescopeSession>()

  const sign = (claims: JWTPayload) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' }).sign(privateKey)

  const isSteppedUp = ({ stepUpAt }: DescopeSession) =>
    stepUpAt !== undefined && now() < stepUpAt + STEP_UP_TIMEOUT

  function userOf({ userId }: Pick<DescopeSession, 'userId'>) {
    const user = findUser(userId)
    if (!user) throw new Error(`Nobody is ${userId}.`)
    const { email, name } = user
    return {
      ...{ userId, loginIds: [email], email, name, verifiedEmail: true, status: 'enabled' },
      ...{ createdTime: 1_700_000_000, TOTP: false, SAML: false, SCIM: false, password: true },
      ...{ test: false, roleNames: [], userTenants: [] },
    }
  }

  /** A new session token; a new refresh token too, after a proof. */
  async function tokensOf(session: DescopeSession, { proof, dropsStepUp = false }: Issue) {
    const { amr, nsec, userId: sub } = session
    const iat = Math.floor(now())
    const refreshExp = iat + REFRESH_LIFETIME
    const claims = {
      ...{ amr: [...amr], drn: 'DS', exp: iat + SESSION_LIFETIME, iat, iss: projectId },
      ...{ rexp: new Date(refreshExp * 1000).toISOString(), sub },
      ...(Object.keys(nsec).length > 0 && { nsec }),
      ...(!dropsStepUp && isSteppedUp(session) && { su: true }),
    }
    const refreshClaims = { amr: [...amr], drn: 'DSR', exp: refreshExp, iat, iss: projectId, sub }
    const refreshJwt = proof ? await sign({ ...refreshClaims, jti: random() }) : undefined
    if (refreshJwt !== undefined) refreshTokens.set(refreshJwt, session)
    return {
      ...{ sessionJwt: await sign(claims), ...(refreshJwt !== undefined && { refreshJwt }) },
      ...{ sessionExpiration: claims.exp, claims, firstSeen: false },
      ...{ cookieDomain: '', cookiePath: '/', cookieMaxAge: REFRESH_LIFETIME },
      ...{ cookieExpiration: refreshExp, ...(proof && { user: userOf(session) }) },
    }
  }

  return {
    jwks,
    sign,
    userOf,
    tokensOf,
    ofRefreshToken: (token: string | undefined) => refreshTokens.get(token ?? ''),
    /** Somebody has proved who they are: in a session of their own, or once more in the one they have. */
    prove(
      userId: string,
      method: string,
      options: LoginOptions,
      present: DescopeSession | undefined,
    ): DescopeSession {
      const session: DescopeSession =
        options.stepup && present?.userId === userId
          ? present
          : { id: random(), userId, amr: [], stepUpAt: undefined, nsec: {} }
      session.amr = [...new Set([...session.amr, method])]
      session.nsec = { ...session.nsec, ...options.customClaims }
      if (options.stepup && present) session.stepUpAt = Math.floor(now())
      return session
    },
    end(token: string | undefined): void {
      const ended = refreshTokens.get(token ?? '')
      for (const [key, session] of refreshTokens) if (session === ended) refreshTokens.delete(key)
    },
  }
}

interface Issue {
  readonly proof: boolean
  /** What a refresh may or may not do: Descope does not say. */
  readonly dropsStepUp?: boolean
}

export type DescopeSessions = Awaited<ReturnType<typeof createSessions>>
