'use client'
import { useState } from 'react'
import { useRequireFreshAuth, useResumableDraft, useResumed } from 'react-step-up'
import { renameProject } from './actions.ts'

/** A long page, with a form far down. */
export function Project({ id }: { readonly id: string }) {
  const requireFreshAuth = useRequireFreshAuth(300)
  const [draft, setDraft] = useResumableDraft('project.rename', { title: '' })
  const [firstSeen] = useState(draft.title)
  const [said, say] = useState('')
  useResumed(renameProject, (outcome, { title }) => {
    say('data' in outcome ? `Renamed to ${title}.` : 'Not renamed.')
  })
  const paragraphs = Array.from({ length: 60 }, (_, index) => <p key={index}>Line {index}</p>)
  return (
    <main>
      <h1>Project {id}</h1>
      {paragraphs}
      <label>
        Title{' '}
        <input value={draft.title} onChange={({ target }) => setDraft({ title: target.value })} />
      </label>
      <button onClick={() => void requireFreshAuth(renameProject, { id, ...draft }).catch(() => 0)}>
        Rename
      </button>
      <button onClick={() => void requireFreshAuth(() => say('Archived.')).catch(() => 0)}>
        Archive
      </button>
      <output>{said}</output>
      <p>
        First seen: <b data-testid="first-seen">{firstSeen}</b>
      </p>
      {paragraphs}
      <h2 id="danger">Danger</h2>
      {paragraphs}
    </main>
  )
}
