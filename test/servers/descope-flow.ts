// A flow as Descope's web component asks for it: what it is made of, and one screen of plain HTML. The
// paths and shapes are those that the source of @descope/web-component 4.3.2 reads.
import { randomUUID } from 'node:crypto'
import { refused } from './descope-errors.js'

const VERSION = '3.14.1'
const SCREEN = 'confirm'

// Descope's own screens are made of components that come from `baseCdnUrl`; but the component takes
// any element that has a name, and any button of this type.
const screen = `
<h2>Confirm your password</h2>
<label>Email <input name="email" type="email" required></label>
<label>Password <input name="password" type="password" required></label>
<p data-type="error-message" role="alert"></p>
<button id="submit" data-type="button">Confirm password</button>`

export interface FlowBody {
  readonly executionId?: string
  readonly input?: { readonly email?: string; readonly password?: string }
}
/** Who is present, and what a password is answered with: a session, or a refusal. */
interface Asking {
  readonly email: string | undefined
  check(login: { loginId: string; password: string }): Response | Promise<Response>
}

/** Answers what the component asks for, and nothing else. */
export function createFlow(projectId: string) {
  const pages = `/pages/${projectId}/v2-beta`
  const running = new Set<string>()

  const show = (executionId: string, state: object) =>
    Response.json({
      ...{ executionId, stepId: '1', stepName: 'Confirm', status: 'waiting', action: 'screen' },
      screen: { id: SCREEN, state },
    })

  function start(email: string | undefined): Response {
    const executionId = `step-up|#|${randomUUID()}`
    running.add(executionId)
    return show(executionId, { form: { email } })
  }

  async function next({ executionId = '', input = {} }: FlowBody, { check }: Asking) {
    if (!running.has(executionId)) return refused('E011003', 400)
    const { email = '', password = '' } = input
    const answer = await check({ loginId: email, password })
    if (!answer.ok) {
      return show(executionId, { form: { email }, errorText: 'That password is wrong.' })
    }
    running.delete(executionId)
    const authInfo: unknown = await answer.json()
    return Response.json({ executionId, status: 'completed', action: 'none', authInfo })
  }

  return function answer(path: string, body: FlowBody, asking: Asking) {
    switch (path) {
      case `${pages}/config.json`:
        return Response.json({ componentsVersion: VERSION, flows: { 'step-up': { version: 1 } } })
      case `${pages}/theme.json`:
        return Response.json({})
      case `${pages}/${SCREEN}.html`:
        return new Response(screen, { headers: { 'Content-Type': 'text/html' } })
      // It is loaded in any case, here for nothing.
      case `/npm/@descope/web-components-ui@${VERSION}/dist/umd/index.js`:
        return new Response('globalThis.DescopeUI = {}', {
          headers: { 'Content-Type': 'text/javascript' },
        })
      case '/v1/flow/start':
        return start(asking.email)
      case '/v1/flow/next':
        return next(body, asking)
    }
    return undefined
  }
}
