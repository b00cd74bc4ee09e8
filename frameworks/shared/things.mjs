/** A schema and its resolvers for the GraphQL servers. */
export const typeDefs = `
  type Thing { id: ID!, name: String!, parts(first: Int = 2): [String!]! }
  type Query { thing(id: ID!): Thing, fail: String }
  type Mutation { rename(id: ID!, name: String!): Thing! }
`

const names = { 1: 'Stuhl', 2: 'Türe' }

export const resolvers = {
  Query: {
    thing: (_parent, { id }) => (names[id] ? { id, name: names[id] } : null),
    fail: () => {
      throw new Error('on purpose')
    },
  },
  Mutation: { rename: (_parent, { id, name }) => ({ id, name }) },
  Thing: { parts: (_thing, { first }) => ['a', 'b', 'c'].slice(0, first) },
}
