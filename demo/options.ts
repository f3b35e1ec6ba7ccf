import { parseArgs } from 'node:util'

/** How the demo can sign people in; the first is what it does unasked. */
export const ways = ['oidc', 'session', 'workos', 'supertokens', 'descope'] as const
type Way = (typeof ways)[number]

/** What was asked for is not there; the message says what is. */
export class UsageError extends Error {}

export interface Options {
  readonly auth: Way
  readonly port: number
}

/** @throws UsageError */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  return { auth: readWay(args), port: readPort(env.PORT) }
}

function readWay(args: readonly string[]): Way {
  const choices = ways.map((way) => `--auth=${way}`).join(' or ')
  let auth: string
  try {
    ;({
      values: { auth },
    } = parseArgs({ args: [...args], options: { auth: { type: 'string', default: ways[0] } } }))
  } catch (cause) {
    const { message } = cause as Error
    throw new UsageError(
      `${message} The demo takes ${choices}, as in npm run demo -- --auth=session.`,
      { cause },
    )
  }
  const way = ways.find((known) => known === auth)
  if (way) return way
  throw new UsageError(
    `There is no --auth=${auth}. Choose ${choices}; without it the demo takes ${ways[0]}.`,
  )
}

function readPort(text = '4400'): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port <= 65_532) return port
  throw new UsageError(
    `PORT=${text} is no port that three others can follow. Choose one such as 5500.`,
  )
}
