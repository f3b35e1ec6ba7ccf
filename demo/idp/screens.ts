import { readFileSync } from 'node:fs'
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider'
import { Html } from './html.js'
import { pages } from './pages.js'

const stylesheet = readFileSync(new URL('./styles.css', import.meta.url), 'utf8')

export type Screens = ReturnType<typeof createScreens>

/** Puts pages on the wire. The app's origin is where people are sent back to. */
export function createScreens(appOrigin: string) {
  // A form's policy covers the redirects that follow it, up to the app. Nobody may frame a page
  // that takes a password; a silent sign-in never shows one.
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    'img-src data:',
    `form-action 'self' ${appOrigin}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')

  function show(ctx: KoaContextWithOIDC, page: Html): void {
    ctx.set('Cache-Control', 'no-store')
    ctx.set('Content-Security-Policy', policy)
    ctx.type = 'html'
    ctx.body = page.markup
  }

  return {
    show,
    stylesheet: (ctx: KoaContextWithOIDC): void => {
      ctx.type = 'css'
      ctx.body = stylesheet
    },
    signOut: (ctx: KoaContextWithOIDC, form: string): void => {
      show(ctx, pages.signOut(new Html(form)))
    },
    signedOut: (ctx: KoaContextWithOIDC): void => {
      show(ctx, pages.notice('Signed out', 'You are signed out of Acme.', appOrigin))
    },
    expired: (ctx: KoaContextWithOIDC): void => {
      const text = 'It was already used, or left open for too long. Nothing has been changed.'
      ctx.status = 400
      show(ctx, pages.notice('This sign-in page has expired', text, appOrigin))
    },
    error: (ctx: KoaContextWithOIDC, { error, error_description }: ErrorOut): void => {
      const text = error_description === undefined ? error : `${error}: ${error_description}`
      show(ctx, pages.notice('This request could not be completed', text, appOrigin))
    },
  }
}
