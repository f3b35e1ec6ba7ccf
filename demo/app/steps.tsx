import { steps } from './auth.js'
import { Link } from './link.js'

/** What shows most of it: the same story over every auth system, told in the words of this one. */
export function Steps() {
  const { asked, more, again } = steps
  return (
    <ol className="steps">
      <li>
        <b>Straight through.</b> Sign in as Ada, open <Link to="/projects">Projects</Link>, delete
        one. Nobody asks: you have just signed in.
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
    </ol>
  )
}
