import type { QueryClient } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import { defineAction } from 'react-step-up'
import { isCancelled, useStepUpMutation } from 'react-step-up/query'
import * as v from 'valibot'
import { Work } from './query-story.js'

export type Api = ReturnType<typeof createApi>

/** Five projects, and how one of them is deleted; `inUse` is one that cannot be. */
export function createApi(inUse?: string) {
  let projects: readonly string[] = ['Apollo', 'Gemini', 'Mercury', 'Skylab', 'Voyager']
  const asked: string[] = []
  const deleteProject = defineAction({
    id: 'project.delete',
    requirement: 300,
    schema: v.object({ name: v.string() }),
    run({ name }) {
      asked.push(name)
      if (name === inUse) throw new Error(`${name} is in use.`)
      projects = projects.filter((project) => project !== name)
    },
    describe: ({ name }) => `Delete project ${name}`,
  })
  return {
    deleteProject,
    list: () => Promise.resolve(projects),
    /** What it was asked to delete, in order. */
    asked,
  }
}

const queryKey = ['projects']

/** Gone from the list at once, and back where the person or the API says no. */
export const optimistic =
  ({ deleteProject: { mutationKey } }: Api) =>
  (queryClient: QueryClient) => {
    const change = (update: (projects: readonly string[]) => readonly string[]) =>
      queryClient.setQueryData<readonly string[]>(queryKey, (known) => known && update(known))
    queryClient.setMutationDefaults<unknown, Error, { name: string }>(mutationKey, {
      async onMutate({ name }) {
        await queryClient.cancelQueries({ queryKey })
        change((known) => known.filter((project) => project !== name))
      },
      // One of several that are under way: what comes back is this one, not the list as it was.
      onError: (_error, { name }) => change((known) => [...new Set([...known, name])].sort()),
      onSettled() {
        const others = queryClient.isMutating({ mutationKey }) > 1
        return others ? undefined : queryClient.invalidateQueries({ queryKey })
      },
    })
  }

export function Projects({ api: { deleteProject, list } }: { readonly api: Api }) {
  const { data: projects = [] } = useQuery({ queryKey, queryFn: list })
  const { mutate, error } = useStepUpMutation(deleteProject)
  return (
    <>
      <ul className="rows" aria-label="Projects">
        {projects.map((name) => (
          <li key={name}>
            {name}
            <button type="button" aria-label={`Delete ${name}`} onClick={() => mutate({ name })}>
              Delete
            </button>
          </li>
        ))}
      </ul>
      <button type="button" onClick={() => projects.forEach((name) => mutate({ name }))}>
        Delete all
      </button>
      {error && !isCancelled(error) && <p role="alert">{error.message}</p>}
      <Work action={deleteProject} />
    </>
  )
}
