import { useState, type ReactNode } from 'react'
import {
  ageAt,
  answers,
  inWords,
  requirements,
  ways,
  type Answer,
  type Settings,
  type Way,
} from './settings.js'
import type { View, World } from './world.js'

interface SettingsPanelProps {
  readonly world: World
  readonly view: View
  readonly onReset: () => void
}

const keysOf = <Key extends string>(texts: Readonly<Record<Key, string>>) =>
  Object.keys(texts) as Key[]

/** What the app is given: how old the sign-in is, what it asks for, and how it is answered. */
export function SettingsPanel({ world, view, onReset }: SettingsPanelProps) {
  const { settings } = view
  const [place, setPlace] = useState(82)
  const move = (to: number) => {
    setPlace(to)
    world.age(ageAt(to))
  }
  const offer = (way: Way, on: boolean) =>
    // In the order of the list: the first one leads.
    world.change({
      ways: keysOf(ways).filter((each) => (each === way ? on : settings.ways.includes(each))),
    })
  return (
    <section className="settings" aria-labelledby="settings-title">
      <h2 id="settings-title">Settings</h2>
      <Line label="Age of the last sign-in" end={inWords(ageAt(place))}>
        {(id) => (
          <input
            id={id}
            type="range"
            min={0}
            max={100}
            value={place}
            aria-valuetext={inWords(ageAt(place))}
            onChange={({ target }) => move(Number(target.value))}
          />
        )}
      </Line>
      <Line label="What the app requires">
        {(id) => (
          <select
            id={id}
            value={settings.requirement}
            onChange={({ target }) =>
              world.change({ requirement: target.value as Settings['requirement'] })
            }
          >
            {keysOf(requirements).map((key) => (
              <option key={key} value={key}>
                {requirements[key]}
              </option>
            ))}
          </select>
        )}
      </Line>
      {settings.requirement === 'seconds' && (
        <Line label="Seconds">
          {(id) => (
            <input
              id={id}
              type="number"
              min={0}
              max={86_400}
              value={settings.seconds}
              onChange={({ target }) =>
                world.change({ seconds: Math.max(0, Math.floor(target.valueAsNumber || 0)) })
              }
            />
          )}
        </Line>
      )}
      <fieldset>
        <legend>Ways to confirm</legend>
        {keysOf(ways).map((way) => (
          <label key={way}>
            <input
              type="checkbox"
              checked={settings.ways.includes(way)}
              onChange={({ target }) => offer(way, target.checked)}
            />
            {ways[way]}
          </label>
        ))}
      </fieldset>
      <Line label="The auth system">
        {(id) => (
          <select
            id={id}
            value={settings.answer}
            onChange={({ target }) => world.change({ answer: target.value as Answer })}
          >
            {keysOf(answers).map((answer) => (
              <option key={answer} value={answer}>
                {answers[answer]}
              </option>
            ))}
          </select>
        )}
      </Line>
      <button type="button" onClick={onReset}>
        Start over
      </button>
    </section>
  )
}

interface LineProps {
  readonly label: string
  readonly end?: string
  readonly children: (id: string) => ReactNode
}

function Line({ label, end, children }: LineProps) {
  const id = label.replaceAll(' ', '-').toLowerCase()
  return (
    <div className="line">
      <label htmlFor={id}>{label}</label>
      {end !== undefined && <span className="hint">{end}</span>}
      {children(id)}
    </div>
  )
}
