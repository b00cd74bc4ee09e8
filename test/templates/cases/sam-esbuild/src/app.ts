export const handler = async ({ path }: { path: string }) => ({
  statusCode: 200,
  headers: {},
  body: ['app', path, process.env.STAGE, process.env.OWN].filter(Boolean).join(' '),
})
