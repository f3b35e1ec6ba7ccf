import { Project } from '../../../shared/project.tsx'

/** The form is rendered by the server, so that the browser hydrates it. */
export default async function ProjectPage({
  params,
}: {
  readonly params: Promise<{ id: string }>
}) {
  return <Project id={(await params).id} />
}
