import { error } from '@sveltejs/kit'

export function load({ params, url, cookies, setHeaders }) {
  if (params.name === 'nobody') error(404, 'nobody')
  if (params.name === 'fail') throw new Error('on purpose')
  setHeaders({ 'x-kind': 'greeting' })
  cookies.set('seen', params.name, { path: '/', secure: false })
  return { name: params.name, city: url.searchParams.get('city'), cookie: cookies.get('a') }
}

export const actions = {
  default: async ({ request }) => ({ sent: Object.fromEntries(await request.formData()) }),
}
