import { Link } from '../link.js'

/** What shows most of it, with a session of the console's own. */
export function Steps() {
  return (
    <ol className="steps">
      <li>
        <b>Straight through.</b> Sign in as Ada, open <Link to="/projects">Projects</Link>, delete
        one. Nobody asks: you have just signed in.
      </li>
      <li>
        <b>Too long ago.</b> Pretend that you signed in an hour ago, then delete another project.
        Your password is asked for in the page, which stays as it is. It is deleted once.
      </li>
      <li>
        <b>Not quite.</b> The same again, with wrong passwords. The fifth is the last for a quarter
        of an hour, whatever page, tab or script they come from. Nothing is deleted.
      </li>
      <li>
        <b>In other ways.</b> Be Grace, Hedy or Lin: each confirms as they signed in, by a code from
        the outbox, a passkey, or a trip to Initech and back.
      </li>
      <li>
        <b>The API knows better.</b> Let the API be stricter than the console, then delete a
        project. The console thinks you fresh, the API does not: the same dialog, from its answer.
      </li>
    </ol>
  )
}
