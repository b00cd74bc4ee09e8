import { data, Form, useLoaderData } from 'react-router'

export function loader({ params, request }) {
  if (params.name === 'nobody') throw data('nobody', { status: 404 })
  if (params.name === 'fail') throw new Error('on purpose')
  const headers = { 'set-cookie': 'a=1; Path=/' }
  return data({ name: params.name, url: request.url }, { headers })
}

export async function action({ request }) {
  return { sent: Object.fromEntries(await request.formData()) }
}

export const headers = ({ loaderHeaders }) => loaderHeaders

export default function Hello() {
  const { name, url } = useLoaderData()
  return (
    <Form method="post">
      {name} at {url}
    </Form>
  )
}
