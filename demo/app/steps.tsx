import { steps } from './auth.js'
import { Link } from './link.js'

/** What shows most of it: the same story over every auth system, told in the words of this one. */
export function Steps() {
  const { first = 'Nobody asks: you have just signed in.', asked, more, again } = steps
  return (
    <ol className="steps">
      <li>
        <b>Straight through.</b> Sign in as Ada, open <Link to="/projects">Projects</Link>, delete
        one. {first}
      </li>
      <li>
        <b>Too long ago.</b> Pretend that you signed in an hour ago, then delete another project.{' '}
        {asked} It is deleted once.
      </li>
      {Object.entries(more).map(([title, text]) => (
        <li key={title}>
          <b>{title}</b> {text}
        </li>
      ))}
      <li>
        <b>The API knows better.</b> Let the API be stricter than the console, then delete a
        project. The console thinks you fresh, the API does not: the same {again}, from its answer.
      </li>
      <li>
        <b>Something is unusual.</b> Come from a new device, then delete a project. Five minutes
        would do as a rule; from there the API wants a proof for this alone.
      </li>
      <li>
        <b>All at once.</b> An hour ago again, and delete all <Link to="/projects">projects</Link>.
        You are asked once. Cancel, and every one of them is back in the list.
      </li>
      <li>
        <b>A secret that goes.</b> Show an <Link to="/api-keys">API key</Link> and wait: two minutes
        after you proved who you are, it is gone from the page.
      </li>
      <li>
        <b>It depends on the amount.</b> Send 600 euros on <Link to="/payouts">Payouts</Link>, then
        600 more. The console sees two small transfers; the API adds them up, and asks.
      </li>
    </ol>
  )
}
