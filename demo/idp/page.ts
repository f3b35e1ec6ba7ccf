import { html, type Html } from './html.js'

/** What all pages have around them. */
export function page(title: string, content: Html, brand = 'Acme ID'): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · ${brand}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/styles.css" />
      </head>
      <body>
        <main>
          <p class="brand">${brand}</p>
          ${content}
        </main>
      </body>
    </html>`
}
