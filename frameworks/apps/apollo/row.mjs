import { graphql } from '../../harness/graphql.mjs'

export default {
  name: 'Apollo Server',
  covers: 'queries by GET and POST, variables, mutations, errors, CORS',
  packages: ['@apollo/server', '@as-integrations/express5', 'express', 'graphql'],
  visit: graphql,
}
