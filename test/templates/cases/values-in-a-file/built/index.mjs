export const handler = async () => ({
  statusCode: 200,
  headers: {},
  body: `built ${process.env.VALUE}`,
})
