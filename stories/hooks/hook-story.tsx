// What the stories of the hooks share: the real client on fakes, with a page around one hook.
import type { ReactNode } from 'react'
import { StepUpProvider } from 'react-step-up'
import { StepUpDialog } from 'react-step-up/dialogs'
import { createTestStepUp, type TestStepUp, type TestStepUpOptions } from 'react-step-up/testing'
import { useContext } from 'react'
import { Language } from '../language.js'
import 'react-step-up/dialogs/styles.css'
import '../scene.css'
import './hooks.css'

/** A person who signed in `age` seconds ago, and whom a password is asked of. */
export function signedIn(age: number, options?: TestStepUpOptions): TestStepUp {
  const step = createTestStepUp(options)
  step.adapter.age(age)
  return step
}

export const stepUpOf = ({ loaded }: { loaded: Record<string, unknown> }) =>
  loaded['stepUp'] as TestStepUp

interface FrameProps {
  readonly stepUp: TestStepUp
  readonly title: string
  /** In place of the library's own. */
  readonly dialog?: ReactNode
  readonly children: ReactNode
}

export function Frame({ stepUp, title, dialog, children }: FrameProps) {
  const language = useContext(Language)
  return (
    <StepUpProvider client={stepUp.client}>
      <main className="page hook">
        <h1>{title}</h1>
        {children}
      </main>
      {dialog === undefined ? <StepUpDialog messages={language} /> : dialog}
    </StepUpProvider>
  )
}

interface Asked {
  readonly canvas: {
    findByRole(role: 'dialog', options: { name: string }): Promise<HTMLElement>
    findByLabelText(label: string): Promise<HTMLElement>
  }
  readonly userEvent: { type(element: Element, text: string): Promise<void> }
}

/** Types the password into the dialog, and sends it. */
export async function confirm({ canvas, userEvent }: Asked, password: string): Promise<void> {
  await canvas.findByRole('dialog', { name: "Confirm that it's you" })
  await userEvent.type(await canvas.findByLabelText('Password'), `${password}{Enter}`)
}
