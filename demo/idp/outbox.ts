import type { KoaContextWithOIDC } from 'oidc-provider'
import { Html, html } from './html.js'
import { page } from './page.js'
import type { Screens } from './screens.js'

export interface Mail {
  readonly to: string
  readonly subject: string
  readonly code: string
}

const kept = 50

/** Mails are kept here instead of being sent. */
export class Outbox {
  #mails: readonly (Mail & { readonly at: Date })[] = []

  add(mail: Mail): void {
    this.#mails = [{ ...mail, at: new Date() }, ...this.#mails].slice(0, kept)
  }

  clear(): void {
    this.#mails = []
  }

  /** Newest first. */
  get mails(): readonly (Mail & { readonly at: Date })[] {
    return this.#mails
  }
}

/** `GET /demo/outbox`: what a mailbox would show. */
export function showOutbox(outbox: Outbox, screens: Screens, issuer: string) {
  const { host } = new URL(issuer)
  return (ctx: KoaContextWithOIDC): void => {
    // A page on the web can point a name of its own at this machine, and then read what it answers.
    if (ctx.host !== host) {
      ctx.status = 403
      return
    }
    screens.show(ctx, outboxPage(outbox))
  }
}

export function outboxPage({ mails }: Outbox, brand?: string): Html {
  const rows = mails.map(
    ({ to, subject, code, at }) => html`
      <li>
        <p>To <b>${to}</b>, <time datetime="${at.toISOString()}">${inWords(at)}</time></p>
        <p>${subject}: <code>${code}</code></p>
      </li>
    `,
  )
  return page(
    'Outbox of the demo',
    html`
      <h1>Outbox of the demo</h1>
      <p>
        Nothing is really mailed here: what would be is shown on this page, which only this computer
        can open. The newest comes first; reload the page for more.
      </p>
      ${
        rows.length === 0
          ? html`<p>No mails yet.</p>`
          : html`<ol class="mails">
              ${new Html(rows.join(''))}
            </ol>`
      }
    `,
    brand,
  )
}

function inWords(at: Date): string {
  return at.toLocaleTimeString('en', { timeStyle: 'medium' })
}
