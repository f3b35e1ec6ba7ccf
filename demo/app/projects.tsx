import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRequireFreshAuth, useResumed } from 'react-step-up'
import { deleteProject } from './actions.js'
import type { Project } from './api.js'
import { call } from './api.js'
import { useReportError, useToast } from './toasts.js'

export function ProjectsPage() {
  const { data, isPending } = useQuery({
    queryKey: ['projects'],
    queryFn: () => call<{ projects: Project[] }>('GET', '/projects'),
  })
  const { remove, removing } = useDeleteProject()
  if (isPending) return <p>Loading the projects…</p>
  const projects = data?.projects ?? []
  return (
    <section aria-labelledby="projects">
      <h1 id="projects">Projects</h1>
      <p>Deleting one takes a sign-in of the last 5 minutes.</p>
      {projects.length === 0 && <p className="notice">No project is left. Reset the demo.</p>}
      <ul className="cards">
        {projects.map((project) => (
          <li key={project.id}>
            <div>
              <h2>{project.name}</h2>
              <small>{project.members} members</small>
            </div>
            <button
              type="button"
              className="danger"
              disabled={removing === project.id}
              onClick={() => remove(project)}
            >
              {removing === project.id ? 'Waiting…' : 'Delete'}
              <span className="hidden"> {project.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The action runs at once, after the person has confirmed in the page, or after a trip: one ending for all. */
function useDeleteProject() {
  const requireFreshAuth = useRequireFreshAuth()
  const queryClient = useQueryClient()
  const toast = useToast()
  const report = useReportError()
  const done = (name: string) => {
    toast(`Project ${name} is deleted.`)
    void queryClient.invalidateQueries({ queryKey: ['projects'] })
  }
  const mutation = useMutation({
    mutationFn: ({ id, name }: Project) => requireFreshAuth(deleteProject, { id, name }),
    onSuccess: (_, { name }) => done(name),
    onError: report,
  })
  useResumed(deleteProject, (outcome, { name }) => {
    if ('data' in outcome) done(name)
    else report(outcome.error)
  })
  return {
    remove: (project: Project) => mutation.mutate(project),
    removing: mutation.isPending ? mutation.variables.id : null,
  }
}
