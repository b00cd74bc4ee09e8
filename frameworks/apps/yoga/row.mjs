import { graphql } from '../../harness/graphql.mjs'

export default {
  name: 'GraphQL Yoga',
  covers: 'queries by GET and POST, variables, mutations, errors, CORS, its page',
  packages: ['graphql-yoga', 'graphql'],
  async visit(visitor) {
    await graphql(visitor, { statuses: { syntax: 200, unknown: 200 } })
    await visitor.ask(200, 'GET /graphql', { headers: { accept: 'text/html' } })
  },
}
