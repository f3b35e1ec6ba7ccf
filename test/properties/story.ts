import { loadPage, openTab } from './page.js'
import { createRandom } from './random.js'
import type { Setup } from './setup.js'
import { createSetup } from './setup.js'
import type { StepName } from './steps.js'
import { steps, weightsFor } from './steps.js'
import { HOME, sweep } from './travel.js'
import type { World } from './world.js'
import { createWorld } from './world.js'
import { bringToAnEnd, look, lookAround } from './ending.js'

export interface Step {
  readonly name: StepName
  /** Decides everything about it. */
  readonly seed: number
  /** Whether what it brings about may come to rest before the next. */
  readonly rests: boolean
}

export interface Story {
  readonly seed: number
  readonly setup: Setup
  readonly steps: readonly Step[]
}

/** All that a seed stands for. */
export function storyOf(seed: number): Story {
  const random = createRandom(seed)
  const setup = createSetup(random)
  const weights = weightsFor(setup)
  const count = 8 + random.below(32)
  const steps = Array.from({ length: count }, () => ({
    name: random.weighted(weights),
    seed: random.below(2 ** 31),
    rests: random.chance(65),
  }))
  return { seed, setup, steps }
}

/** Lets everything happen that needs no time. */
export async function settle(world: World): Promise<void> {
  for (let turn = 0; turn < 14; turn++) await new Promise((resolve) => setImmediate(resolve))
  sweep(world)
}

/** Lives the story through; resolves with what went wrong. */
export async function live(story: Story, traced = false): Promise<World> {
  const world = createWorld(story.setup, traced)
  world.dice.roll(story.seed)
  world.provider.signIn('ada')
  const tab = openTab(world, {})
  world.setTokens({ name: tab.name, tab: tab.name }, world.provider.tokens())
  world.clock.advance(world.dice.pick([10, 1000, 4000, 4000]))
  loadPage(world, tab, HOME).mount()
  await settle(world)
  for (const step of story.steps) {
    world.dice.roll(step.seed)
    // Two proofs in one second cannot be told from each other.
    world.clock.advance(1)
    world.say(step.name)
    await steps[step.name].run(world)
    if (step.rests) {
      await settle(world)
      lookAround(world)
    }
    look(world)
    if (world.complaints.length > 0) return world
  }
  world.dice.roll(story.seed)
  await bringToAnEnd(world, () => settle(world))
  return world
}

/** The shortest story that goes wrong in the same way, as far as leaving steps out leads. */
export async function shorten(story: Story): Promise<Story> {
  const kind = (what: string | undefined) => what?.replace(/\d+/g, '#')
  const wrong = async (candidate: Story) => kind((await live(candidate)).complaints[0])
  const first = await wrong(story)
  let shortest = story
  for (let size = Math.ceil(story.steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let at = 0; at < shortest.steps.length;) {
      const steps = shortest.steps.toSpliced(at, size)
      const candidate = { ...shortest, steps }
      if ((await wrong(candidate)) === first) shortest = candidate
      else at += size
    }
  }
  return shortest
}
