import {
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  Outlet,
  useParams,
} from '@tanstack/react-router'
import { Project } from '../shared/project.tsx'

const root = createRootRoute({ component: Outlet })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: () => (
    <Link to="/projects/$id" params={{ id: 'apollo' }} search={{ tab: 'settings' }} hash="danger">
      Apollo
    </Link>
  ),
})

function ProjectPage() {
  const { id = '' } = useParams({ strict: false })
  return <Project id={id} />
}

const project = createRoute({
  getParentRoute: () => root,
  path: '/projects/$id',
  validateSearch: ({ tab }: Record<string, unknown>) => ({
    tab: typeof tab === 'string' ? tab : 'overview',
  }),
  loader: async ({ params }) => (await fetch(`/api/projects/${params.id}`)).text(),
  component: ProjectPage,
})

const callback = createRoute({
  getParentRoute: () => root,
  path: '/callback',
  component: () => <p>One moment…</p>,
})

export const router = createRouter({
  routeTree: root.addChildren([home, project, callback]),
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
