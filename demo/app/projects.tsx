import { useIsMutating, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useStepUpMutation } from 'react-step-up/query'
import { deleteProject } from './actions.js'
import type { Project } from './api.js'
import { call } from './api.js'
import { projectsKey } from './query-client.js'

export function ProjectsPage() {
  const { data: projects = [], isPending } = useQuery({
    queryKey: projectsKey,
    queryFn: async () => (await call<{ projects: Project[] }>('GET', '/projects')).projects,
  })
  const [pressed, setPressed] = useState<string>()
  const { mutate } = useStepUpMutation(deleteProject)
  const removing = useIsMutating({ mutationKey: deleteProject.mutationKey }) > 0
  const remove = ({ id, name }: Project) => mutate({ id, name })
  if (isPending) return <p>Loading the projects…</p>
  return (
    <section aria-labelledby="projects">
      <h1 id="projects">Projects</h1>
      <p>
        Deleting takes a sign-in of the last 5 minutes. What you delete is gone from the list at
        once, and back if you think better of it.
      </p>
      {projects.length === 0 && !removing && (
        <p className="notice">No project is left. Reset the demo.</p>
      )}
      <ul className="cards">
        {projects.map((project) => (
          <ProjectCard
            key={project.id}
            project={project}
            pressed={project.id === pressed}
            onDelete={() => {
              setPressed(project.id)
              remove(project)
            }}
          />
        ))}
      </ul>
      <p>
        <button
          type="button"
          className="danger"
          // Not `disabled`: that would take the focus from who has pressed it and thinks better of it.
          aria-disabled={projects.length === 0}
          onClick={() => projects.forEach(remove)}
        >
          Delete all
        </button>
      </p>
    </section>
  )
}

interface ProjectCardProps {
  readonly project: Project
  /** The last that was. */
  readonly pressed: boolean
  readonly onDelete: () => void
}

function ProjectCard({ project: { name, members }, pressed, onDelete }: ProjectCardProps) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // The button that was pressed is gone with the card that it was in: this one is in its place, and
    // the focus on whatever lies around it.
    const { activeElement } = document
    if (pressed && activeElement?.contains(button.current)) button.current?.focus()
  }, [pressed])
  return (
    <li>
      <div>
        <h2>{name}</h2>
        <small>{members} members</small>
      </div>
      <button ref={button} type="button" className="danger" onClick={onDelete}>
        Delete<span className="hidden"> {name}</span>
      </button>
    </li>
  )
}
