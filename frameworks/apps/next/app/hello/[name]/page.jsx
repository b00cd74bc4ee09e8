import { cookies, headers } from 'next/headers'

export default async function Page({ params, searchParams }) {
  const [{ name }, { city }, fields, jar] = await Promise.all([
    params,
    searchParams,
    headers(),
    cookies(),
  ])
  return (
    <p>
      {name} of {city} at {fields.get('host')} with {jar.get('a')?.value}
    </p>
  )
}
