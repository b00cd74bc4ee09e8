import { graphql } from '../../harness/graphql.mjs'

export default {
  name: 'graphql-http',
  covers: 'queries by GET and POST, variables, mutations, errors',
  packages: ['graphql-http', 'express', 'graphql'],
  visit: (visitor) =>
    graphql(visitor, { preflight: false, statuses: { syntax: 200, unknown: 200 } }),
}
