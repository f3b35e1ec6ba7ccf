import { Link } from '../link.js'

/** What shows most of it, with tokens of a provider. */
export function Steps() {
  return (
    <ol className="steps">
      <li>
        <b>Straight through.</b> Sign in as Ada, open <Link to="/projects">Projects</Link>, delete
        one. Nobody asks: you have just signed in.
      </li>
      <li>
        <b>Too long ago.</b> Pretend that you signed in an hour ago, then delete another project.
        You go to Acme ID, prove that it is you, come back and confirm. It is deleted once.
      </li>
      <li>
        <b>Reload halfway.</b> The same again, but reload the page where it asks you to confirm, go
        back and forth, press twice. It still runs once, and only when you say so.
      </li>
      <li>
        <b>Not you.</b> The same again, but press Cancel at Acme ID, or come back as Bob. Nothing is
        deleted, and Bob learns nothing of what Ada was doing.
      </li>
      <li>
        <b>The API knows better.</b> Let the API be stricter than the console, then delete a
        project. The console thinks you fresh, the API does not: the same way, from its answer.
      </li>
    </ol>
  )
}
