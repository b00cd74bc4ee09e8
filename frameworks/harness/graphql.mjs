/** What every GraphQL server is asked: by POST and GET, with variables, wrongly, and a preflight. */
export async function graphql(
  { ask },
  { statuses = {}, path = '/graphql', preflight = true } = {},
) {
  const { syntax = 400, unknown = 400, mutationByGet = 405 } = statuses
  const post = (status, json) => ask(status, `POST ${path}`, { json })
  await post(200, { query: '{ thing(id: 2) { id name parts } }' })
  const query = 'query ($id: ID!) { thing(id: $id) { name parts(first: 3) } }'
  await post(200, { query, variables: { id: '1' } })
  await post(200, { query: 'mutation { rename(id: 1, name: "Köln") { name } }' })
  await post(200, { query: '{ fail }' })
  await post(syntax, { query: '{ thing(' })
  await post(unknown, { query: '{ nothing }' })
  const headers = { 'apollo-require-preflight': 'yes', accept: 'application/json' }
  await ask(200, `GET ${path}?query=%7Bthing(id:1)%7Bname%7D%7D`, { headers })
  const mutation = 'mutation%7Brename(id:1,name:%22x%22)%7Bname%7D%7D'
  await ask(mutationByGet, `GET ${path}?query=${mutation}`, { headers })
  if (!preflight) return
  await ask(204, `OPTIONS ${path}`, {
    headers: { origin: 'https://site.example', 'access-control-request-method': 'POST' },
  })
}
