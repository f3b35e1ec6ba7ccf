import type { Requirement, RunContext } from 'react-step-up'
import { formatChallenge } from 'react-step-up'
import { demands } from './kinds.js'
import type { Page, World } from './world.js'

function refuse(requirement: Requirement): Response {
  const challenge = formatChallenge({ scheme: 'Bearer', ...requirement })
  return new Response(null, { status: 401, headers: { 'WWW-Authenticate': challenge } })
}

/** What an action does: one request to the API, which answers as the story has it. */
export function request(world: World, page: Page, id: string, context: RunContext): unknown {
  const { dice, next, setup } = world
  if (page.life === 'dead') return new Promise(() => undefined)
  const asked = world.jobs.request(id, page)
  const manner = next.api.shift() ?? 'ok'
  const stale = setup.judges && asked.isStale()
  world.say(`  ${page.name} asks for ${id}: ${manner}`)
  if (manner === 'challenge' || world.challenging || stale) {
    const demand = stale ? demands[0]! : dice.pick(demands)
    asked.challenge(demand)
    const response = refuse(demand)
    if (dice.chance(30)) throw Object.assign(new Error('401'), { response })
    return response
  }
  if (manner === 'fail') {
    asked.fail()
    throw new Error('422')
  }
  // What is on its way may have been done whatever becomes of the page.
  if (manner !== 'hang') asked.accept()
  if (manner === 'ok') return id
  if (manner === 'fail after') throw new Error('The connection was lost after it was done')
  return new Promise((resolve, reject) => {
    const end = (how: 'ok' | 'fail') => {
      if (how === 'fail') {
        if (manner === 'hang') asked.fail()
        reject(new Error('The connection was lost'))
        return
      }
      if (manner === 'hang') asked.accept()
      resolve(id)
    }
    world.pending.push({ place: page, what: 'api', answer: end })
    context.signal.addEventListener('abort', () => {
      const index = world.pending.findIndex(({ answer }) => answer === end)
      if (index < 0) return
      world.pending.splice(index, 1)
      end('fail')
    })
  })
}
