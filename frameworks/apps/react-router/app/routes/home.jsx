import { Suspense } from 'react'
import { Await, useLoaderData } from 'react-router'

export function loader() {
  return { later: new Promise((resolve) => setTimeout(resolve, 5, 'later')) }
}

export default function Home() {
  const { later } = useLoaderData()
  return (
    <Suspense fallback="wait">
      <Await resolve={later}>{(value) => <p>{value}</p>}</Await>
    </Suspense>
  )
}
