import type OidcProvider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import { readBody } from './request-body.js'

const tenYears = 10 * 365 * 24 * 60 * 60

/**
 * `POST /demo/age { "seconds": 3600 }` moves the sign-in time of this browser's session into the
 * past, so that a demo or test need not wait for it to get old. Only the app may ask for it.
 */
export function ageSession(provider: OidcProvider, appOrigin: string) {
  return async (ctx: KoaContextWithOIDC): Promise<void> => {
    // The session's cookie is sent along from every port on localhost, so the origin must decide.
    if (ctx.get('Origin') !== appOrigin) {
      answer(ctx, 403, { error: 'origin_not_allowed' })
      return
    }
    const seconds = secondsIn(await readBody(ctx.req))
    if (seconds === undefined) {
      answer(ctx, 400, { error: 'seconds_must_be_a_positive_integer' })
      return
    }
    const session = await provider.Session.get(ctx)
    if (session.accountId === undefined || session.loginTs === undefined) {
      answer(ctx, 401, { error: 'no_session' })
      return
    }
    session.loginTs -= seconds
    await session.persist()
    answer(ctx, 200, { auth_time: session.loginTs })
  }
}

export function secondsIn(body: string): number | undefined {
  try {
    return secondsOf(JSON.parse(body))
  } catch {
    return undefined
  }
}

/** The same of a body that is parsed already. */
export function secondsOf(body: unknown): number | undefined {
  const { seconds } = (body ?? {}) as { seconds?: unknown }
  const valid = typeof seconds === 'number' && Number.isInteger(seconds)
  return valid && seconds > 0 && seconds <= tenYears ? seconds : undefined
}

function answer(ctx: KoaContextWithOIDC, status: number, body: object): void {
  ctx.set('Cache-Control', 'no-store')
  ctx.status = status
  ctx.body = body
}
