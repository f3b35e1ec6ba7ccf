// A page to try it all on: the app on the left, what it is given on the right, what happens beneath.
import { useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { StepUpProvider } from 'react-step-up'
import { StepUpDialog } from 'react-step-up/dialogs'
import { Language } from '../language.js'
import { App } from './app.js'
import { EventLog } from './event-log.js'
import { OtherWindow } from './other-window.js'
import { Provider } from './provider.js'
import type { Settings } from './settings.js'
import { SettingsPanel } from './settings-panel.js'
import { createWorld } from './world.js'
import 'react-step-up/dialogs/styles.css'
import '../scene.css'
import './playground.css'

export type PlaygroundProps = Partial<Settings>

export function Playground(initial: PlaygroundProps) {
  const [world, setWorld] = useState(() => createWorld(initial))
  const view = useSyncExternalStore(world.subscribe, world.getView)
  const language = useContext(Language)
  const { client, environment, number } = view.page
  useEffect(() => {
    const timer = setInterval(world.tick, 1000)
    return () => clearInterval(timer)
  }, [world])

  const address = view.place === 'app' ? environment.url().href : 'https://id.acme.test/sign-in'
  return (
    <main className="playground">
      <header>
        <h1>Playground</h1>
        <p>
          The real client and the real dialogs, on an auth system and a browser in memory. Ada’s
          password is <code>correct horse</code>, her code is <code>123456</code>.
        </p>
      </header>
      <section className="browser" aria-label="Browser">
        <p className="address">
          <span className="visually-hidden">Address: </span>
          <bdi>{address}</bdi>
        </p>
        {view.place === 'provider' ? (
          <Provider onSignIn={() => world.comeBack(true)} onCancel={() => world.comeBack(false)} />
        ) : (
          <StepUpProvider key={number} client={client}>
            <App world={world} view={view} />
            <StepUpDialog messages={language} />
          </StepUpProvider>
        )}
      </section>
      <SettingsPanel world={world} view={view} onReset={() => setWorld(createWorld(initial))} />
      <EventLog entries={view.log} />
      {view.window && <OtherWindow world={world} kind={view.window} />}
    </main>
  )
}
