import { readFileSync } from 'node:fs'
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider'
import { Html } from './html.js'
import { pages } from './pages.js'

const stylesheet = readFileSync(new URL('./styles.css', import.meta.url), 'utf8')

export type Screens = ReturnType<typeof createScreens>

interface Place {
  /** Where people are sent back to. */
  readonly appOrigin: string
  /** The other origins that the redirects after a form lead through. */
  readonly beyond: readonly string[]
  /** Whose pages they are; our own provider's, where it is not said. */
  readonly brand?: string
}

/** Puts pages on the wire. */
export function createScreens({ appOrigin, beyond, brand }: Place) {
  // A form's policy covers the redirects that follow it, up to the app. Nobody may frame a page
  // that takes a password; a silent sign-in never shows one.
  const policy = () =>
    [
      "default-src 'none'",
      "style-src 'self'",
      'img-src data:',
      `form-action ${["'self'", appOrigin, ...beyond].join(' ')}`,
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ].join('; ')

  function show(ctx: KoaContextWithOIDC, page: Html): void {
    ctx.set('Cache-Control', 'no-store')
    ctx.set('Content-Security-Policy', policy())
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
      show(ctx, pages.signOut(new Html(form), brand, brand))
    },
    signedOut: (ctx: KoaContextWithOIDC): void => {
      const text = `You are signed out of ${brand ?? 'Acme'}.`
      show(ctx, pages.notice('Signed out', text, appOrigin, brand))
    },
    expired: (ctx: KoaContextWithOIDC): void => {
      const text = 'It was already used, or left open for too long. Nothing has been changed.'
      ctx.status = 400
      show(ctx, pages.notice('This sign-in page has expired', text, appOrigin, brand))
    },
    error: (ctx: KoaContextWithOIDC, { error, error_description }: ErrorOut): void => {
      const text = error_description === undefined ? error : `${error}: ${error_description}`
      show(ctx, pages.notice('This request could not be completed', text, appOrigin, brand))
    },
  }
}
