// The real client, on an auth system and a page in memory: what the stories are about is reached the
// way people reach it, and never set by hand.
import { useContext, useState, type ComponentType } from 'react'
import {
  createStepUpClient,
  defineAction,
  StepUpProvider,
  useRequireFreshAuth,
  type AuthAdapter,
  type Authentication,
  type Environment,
  type Method,
  type RequirementInput,
  type StandardSchemaV1,
  type StepUpClient,
  type StepUpState,
} from 'react-step-up'
import { StepUpDialog, type StepUpDialogProps } from 'react-step-up/dialogs'
import {
  completeStepUp,
  createFakeAdapter,
  createFakeEnvironment,
  type FakeAdapter,
  type FakeEnvironment,
} from 'react-step-up/testing'
import { Language } from './language.js'
import 'react-step-up/dialogs/styles.css'
import './scene.css'

export type Press = 'project' | 'member' | 'function'

export interface SceneOptions {
  /** How long ago the person signed in. */
  readonly hours?: number
  readonly authentication?: Partial<Authentication>
  readonly requirement?: RequirementInput
  readonly label?: string
  /** The same for the second action. */
  readonly memberLabel?: string
  /** What deleting the project does. */
  readonly run?: () => unknown
  readonly adapter?: (adapter: FakeAdapter) => Partial<AuthAdapter>
  /** What the person can prove it by; the trip by default. */
  readonly methods?: (adapter: FakeAdapter) => readonly Method[]
  readonly blocksWindows?: boolean
}

export interface Scene {
  readonly adapter: FakeAdapter
  readonly environment: FakeEnvironment
  readonly client: StepUpClient
  /** What was run, in order. */
  readonly ran: string[]
  /** What somebody does who presses these buttons. */
  press(client: StepUpClient, ...what: readonly Press[]): Promise<unknown>[]
  /** The page after the trip, with another client. */
  back(options?: BackOptions): Scene
  /** The link in the last mail, opened in a tab of its own. */
  openMail(): void
}

export interface BackOptions {
  /** What the provider answers instead of a code. */
  readonly error?: string
  /** Who has signed in, where it is not the same person; `null`: the provider did not ask. */
  readonly as?: Partial<Authentication> | null
  readonly adapter?: Partial<AuthAdapter>
  readonly environment?: (environment: Environment) => Partial<Environment>
  /** Without it the app has changed while the person was away. */
  readonly knowsActions?: boolean
  /** A reload of this page, instead of a way back from the provider. */
  readonly reload?: boolean
}

export function createScene(options: SceneOptions = {}): Scene {
  const { hours = 3, requirement = 300, label = 'Delete project Apollo' } = options
  const { memberLabel = 'Remove Grace Hopper from the team' } = options
  const environment = createFakeEnvironment({ url: 'https://app.test/projects' })
  environment.blocksWindows = options.blocksWindows ?? false
  const adapter = createFakeAdapter({
    clock: environment.clock,
    authentication: { issuer: 'https://id.acme.test', ...options.authentication },
  })
  adapter.offered = options.methods?.(adapter) ?? [adapter.trip]
  if (options.authentication?.authTime === undefined) adapter.age(hours * 3600)
  const ran: string[] = []
  const define = (id: string, describe: string, run: () => unknown) =>
    defineAction({
      ...{ id, requirement, schema: anything, describe: () => describe },
      run: async () => {
        ran.push(describe)
        return run()
      },
    })
  const project = define('project.delete', label, options.run ?? (() => ({})))
  const member = define('member.remove', memberLabel, () => ({}))

  const open = (
    page: FakeEnvironment,
    { adapter: own = {}, environment: change, knowsActions = true }: BackOptions,
  ): Scene => {
    const changed = Object.assign(Object.create(adapter) as FakeAdapter, own)
    const client = createStepUpClient({
      adapter: changed,
      environment: { ...page, ...change?.(page) },
      actions: knowsActions ? [project, member] : [],
    })
    return {
      ...{ adapter, environment: page, client, ran },
      press: (at, ...what) =>
        what.map((button) => {
          const ask = at.requireFreshAuth(requirement)
          const done =
            button === 'function'
              ? ask(() => ran.push('function'))
              : ask(button === 'project' ? project : member, {})
          return done.catch((error: unknown) => error)
        }),
      openMail: () => {
        adapter.signInAtProvider()
        open(page.openTab(adapter.returnUrl()), {}).client.start()
      },
      back: (at = {}) => {
        const { as, error } = at
        if (as !== null && error === undefined) adapter.signInAtProvider(as)
        return open(page.reload(at.reload ? undefined : adapter.returnUrl(at.error)), at)
      },
    }
  }
  return open(environment, { adapter: options.adapter?.(adapter) ?? {} })
}

/** Presses, goes on to the provider, and is away: the next page begins with `back()`. */
export async function away(options?: SceneOptions, ...what: readonly Press[]): Promise<Scene> {
  const scene = createScene(options)
  const stop = scene.client.start()
  void Promise.all(scene.press(scene.client, ...(what.length > 0 ? what : (['project'] as const))))
  await completeStepUp(scene.client)
  stop()
  scene.environment.clock.advance(20)
  return scene
}

/** Comes back from the provider without a dialog, as far as `status`. */
export async function returned(
  scene: Scene,
  options: BackOptions,
  status: StepUpState['status'],
): Promise<Scene> {
  const next = scene.back(options)
  next.client.start()
  await reached(next.client, status)
  return next
}

export async function reached(client: StepUpClient, status: StepUpState['status']): Promise<void> {
  for (let tries = 0; client.getState().status !== status; tries++) {
    if (tries > 200) throw new Error(`It is ${client.getState().status}, and not ${status}.`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

interface ConsoleProps extends StepUpDialogProps {
  readonly scene: Scene
  readonly dialog?: ComponentType<StepUpDialogProps>
  /** What one press of the button asks for. */
  readonly press?: readonly Press[]
}

/** A page of the app, with the dialog on it. */
export function Console({ scene, press = ['project'], dialog, ...props }: ConsoleProps) {
  const Dialog = dialog ?? StepUpDialog
  const language = useContext(Language)
  return (
    <StepUpProvider client={scene.client}>
      <Page scene={scene} press={press} />
      <Dialog {...props} messages={{ ...language, ...props.messages }} />
    </StepUpProvider>
  )
}

function Page({ scene, press }: Required<Pick<ConsoleProps, 'scene' | 'press'>>) {
  const [results, setResults] = useState<readonly string[]>([])
  useRequireFreshAuth()
  const onClick = async () => {
    const ended = await Promise.all(scene.press(scene.client, ...press))
    setResults(ended.map((result) => (result instanceof Error ? String(code(result)) : 'done')))
  }
  return (
    <main className="page">
      <h1>Projects</h1>
      <label>
        Search <input type="search" />
      </label>
      <ul>
        <li>Apollo</li>
        <li>Gemini</li>
        <li>Mercury</li>
      </ul>
      <button type="button" onClick={() => void onClick()}>
        Delete project
      </button>
      <output>{results.join(', ')}</output>
    </main>
  )
}

const code = (error: Error) => ('code' in error ? error.code : error.message)

const anything: StandardSchemaV1<object> = {
  '~standard': { version: 1, vendor: 'stories', validate: (value) => ({ value: value as object }) },
}
