// What the WorkOS of test/servers/workos.ts remembers: browsers, sessions, codes, refresh tokens, keys.
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { findUser } from '../../demo/idp/users.js'
import { signingKeys } from './signing-keys.js'

/** Seconds: as short as WorkOS has it by default. */
const ACCESS_TOKEN_LIFETIME = 300

export interface WorkosSession {
  readonly id: string
  readonly userId: string
  /** Seconds since the epoch: moved by an active authentication, and by nothing else. */
  authTime: number
  organizationId: string | undefined
  /** The email of an administrator who acts as the person. */
  readonly impersonator: string | undefined
}

interface Code {
  readonly session: WorkosSession
  readonly challenge: string
  readonly redirectUri: string
}

const random = () => randomBytes(24).toString('base64url')

export async function createSessions(issuer: string, now: () => number) {
  const kid = `sso_oidc_key_pair_${random()}`
  const { privateKey, jwks } = await signingKeys(kid)
  const browsers = new Map<string, WorkosSession>()
  const codes = new Map<string, Code>()
  const refreshTokens = new Map<string, WorkosSession>()

  async function tokensOf(session: WorkosSession) {
    const { authTime, id: sid, impersonator, organizationId: org_id, userId } = session
    const user = findUser(userId)
    if (!user) throw new Error(`Nobody is ${userId}.`)
    const [first_name, last_name] = user.name.split(' ')
    const iat = Math.floor(now())
    // No aud and no typ of its own: what WorkOS signs is told apart by its keys, which a client has alone.
    const access_token = await new SignJWT({
      ...{ sid, auth_time: authTime, ...(org_id !== undefined && { org_id }) },
      ...(impersonator !== undefined && { act: { sub: impersonator } }),
    })
      .setProtectedHeader({ alg: 'RS256', kid })
      .setIssuer(issuer)
      .setSubject(userId)
      .setJti(randomUUID())
      .setIssuedAt(iat)
      .setExpirationTime(iat + ACCESS_TOKEN_LIFETIME)
      .sign(privateKey)
    const refresh_token = random()
    refreshTokens.set(refresh_token, session)
    const at = '2026-01-01T00:00:00.000Z'
    return {
      user: {
        ...{ object: 'user', id: userId, email: user.email, email_verified: true },
        ...{ first_name, last_name, profile_picture_url: null, last_sign_in_at: at },
        ...{ external_id: null, created_at: at, updated_at: at },
      },
      ...(org_id !== undefined && { organization_id: org_id }),
      ...{ access_token, refresh_token, authentication_method: 'Password' },
      ...(impersonator !== undefined && { impersonator: { email: impersonator, reason: null } }),
    }
  }

  return {
    jwks,
    ofBrowser: (cookie: string | undefined) => browsers.get(cookie ?? ''),
    /** Somebody signs in: in a new session, or anew in their own. */
    signIn(cookie: string, userId: string, impersonator?: string): WorkosSession {
      const known = browsers.get(cookie)
      const session: WorkosSession =
        known?.userId === userId && known.impersonator === impersonator
          ? known
          : {
              ...{ id: `session_${random()}`, userId, impersonator },
              ...{ authTime: 0, organizationId: undefined },
            }
      session.authTime = Math.floor(now())
      browsers.set(cookie, session)
      return session
    },
    issueCode(code: Code): string {
      const text = random()
      codes.set(text, code)
      return text
    },
    /** Good for one use, whatever comes of it (RFC 7636 4.6); `null`: refused. */
    spendCode(text: unknown, verifier: unknown) {
      const code = codes.get(String(text))
      codes.delete(String(text))
      const given = createHash('sha256').update(String(verifier)).digest('base64url')
      return code?.challenge === given ? tokensOf(code.session) : null
    },
    /** The same, with a new refresh token; `auth_time` stays. */
    refresh(text: unknown, organizationId: unknown) {
      const session = refreshTokens.get(String(text))
      refreshTokens.delete(String(text))
      if (!session) return null
      if (typeof organizationId === 'string') session.organizationId = organizationId
      return tokensOf(session)
    },
    end(sessionId: string | null): void {
      for (const store of [browsers, refreshTokens]) {
        for (const [key, { id }] of store) if (id === sessionId) store.delete(key)
      }
    },
  }
}

export type WorkosSessions = Awaited<ReturnType<typeof createSessions>>
