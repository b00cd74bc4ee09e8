export const handler = async ({ path }) => ({
  statusCode: 200,
  headers: {},
  body: ['app', path, process.env.STAGE, process.env.OWN].filter(Boolean).join(' '),
})
