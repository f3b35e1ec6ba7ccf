import { startProvider, type ReauthenticatedEvent } from '../../demo/idp/index.js'
import { startUpstream } from '../../demo/upstream/index.js'
import { Person, type Page, type Tokens } from './browserless.js'

const appOrigin = 'http://localhost:4400'
const apiAudience = 'http://localhost:4402/'

export const grace = 'grace@acme.test'
export const lin = { email: 'lin@initech.test', password: 'paper jam' }
export const sam = { email: 'sam@initech.test', password: 'red stapler' }

/** The provider, and the one of the company that it sends people to. */
export async function startProviders() {
  const events: ReauthenticatedEvent[] = []
  const upstream = await startUpstream(0, appOrigin)
  const provider = await startProvider({
    ...{ port: 0, appOrigin, apiAudience, upstream: upstream.issuer },
    onEvent: (event) => void events.push(event),
  })
  await upstream.register(provider.ssoCallback)
  return {
    events,
    issuer: provider.issuer,
    upstream: upstream.issuer,
    newPerson: () => new Person(provider.issuer, appOrigin, upstream.issuer),
    close: () => Promise.all([provider.close(), upstream.close()]),
  }
}

/** The newest code in the outbox. */
export async function codeOf({ browser }: Person): Promise<string> {
  const { html } = await browser.open('/demo/outbox')
  const code = /<code>(\d{6})<\/code>/.exec(html)?.[1]
  if (code === undefined) throw new Error('No code was mailed')
  return code
}

/** To the page after the email, for people without a password. */
export async function goOn(
  { app, browser }: Person,
  email: string,
  params: Record<string, string> = {},
): Promise<Page> {
  const page = await browser.open(app.authorize(params))
  return browser.submit(page, { email, action: 'other' })
}

export const enterCode = ({ browser }: Person, page: Page, code: string): Promise<Page> =>
  browser.submit(page, { code, action: 'code' })

export async function signInByCode(person: Person): Promise<Tokens> {
  const page = await goOn(person, grace)
  return person.app.redeem(await enterCode(person, page, await codeOf(person)))
}

export async function signInBySso(
  person: Person,
  params: Record<string, string> = {},
): Promise<Tokens> {
  const page = await goOn(person, lin.email, params)
  return person.app.redeem(await person.browser.submit(page, lin))
}

export const errorOf = (page: Page): string | undefined =>
  /role="alert">([^<]+)</.exec(page.html)?.[1]
