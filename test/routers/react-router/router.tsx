import { createBrowserRouter, Link, Outlet, ScrollRestoration, useParams } from 'react-router'
import { Project } from '../shared/project.tsx'

function Layout() {
  return (
    <>
      <Outlet />
      <ScrollRestoration />
    </>
  )
}

function ProjectPage() {
  const { id = '' } = useParams()
  return <Project id={id} />
}

export const router = createBrowserRouter([
  {
    element: <Layout />,
    HydrateFallback: () => <p>One moment…</p>,
    children: [
      { path: '/', element: <Link to="/projects/apollo?tab=settings#danger">Apollo</Link> },
      {
        path: '/projects/:id',
        loader: async ({ params }) => (await fetch(`/api/projects/${params.id}`)).text(),
        element: <ProjectPage />,
      },
      { path: '/callback', element: <p>One moment…</p> },
    ],
  },
])
