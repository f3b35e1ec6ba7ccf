import { useIsMutating, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useStepUpMutation } from 'react-step-up/query'
import { deleteProject } from './actions.js'
import type { Project } from './api.js'
import { useReportError, useToast } from './toasts.js'

export const projectsKey = ['projects']
const { mutationKey } = deleteProject

/** Gone from the list at once, and back where the person or the API says no: before a trip and after. */
export function useDeleteProject() {
  const queryClient = useQueryClient()
  const toast = useToast()
  const report = useReportError()
  const [returned, setReturned] = useState<string>()
  const change = (update: (projects: Project[]) => Project[]) =>
    queryClient.setQueryData<Project[]>(projectsKey, (projects) => projects && update(projects))

  const { mutate } = useStepUpMutation(deleteProject, {
    async onMutate({ id }) {
      await queryClient.cancelQueries({ queryKey: projectsKey })
      const project = queryClient.getQueryData<Project[]>(projectsKey)?.find((one) => one.id === id)
      change((projects) => projects.filter((one) => one !== project))
      return project
    },
    onSuccess: (_, { name }) => toast(`Project ${name} is deleted.`),
    onError(error, { id }, project) {
      setReturned(id)
      // One of several that are on their way: what is put back is this one, not the list as it was.
      if (project) change((projects) => [...projects, project].sort(byName))
      report(error)
    },
    onSettled() {
      const others = queryClient.isMutating({ mutationKey }) > 1
      return others ? undefined : queryClient.invalidateQueries({ queryKey: projectsKey })
    },
  })
  return {
    remove: ({ id, name }: Project) => mutate({ id, name }),
    removing: useIsMutating({ mutationKey }) > 0,
    returned,
  }
}

const byName = (a: Project, b: Project) => a.name.localeCompare(b.name)
