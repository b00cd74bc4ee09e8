import { graphql } from '../../harness/graphql.mjs'

export default {
  name: 'Mercurius',
  covers: 'queries by GET and POST, variables, mutations, errors',
  packages: ['mercurius', 'fastify', 'graphql'],
  visit: (visitor) => graphql(visitor, { preflight: false }),
}
