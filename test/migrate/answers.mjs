// node answers.mjs <file>…: what the handler of each file answers, as JSON.
const event = {
  requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:x' } },
  httpMethod: 'GET',
  path: '/',
  queryStringParameters: {},
  headers: { host: 'example.com', 'x-forwarded-for': '192.0.2.1' },
  body: '',
  isBase64Encoded: false,
}
const context = {
  awsRequestId: '1',
  functionName: 'moved',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:x',
  memoryLimitInMB: '1024',
  logGroupName: '',
  logStreamName: '',
  getRemainingTimeInMillis: () => 30_000,
}

const answers = {}
for (const file of process.argv.slice(2)) answers[file] = await answerOf(file)
process.stdout.write(JSON.stringify(answers), () => process.exit())

async function answerOf(file) {
  try {
    const module = await import(file)
    const handler = module.handler ?? module.default.handler ?? module.default
    const { statusCode, body, isBase64Encoded } = await handler(event, { ...context })
    return { statusCode, body: isBase64Encoded ? atob(body) : body }
  } catch (error) {
    return String(error)
  }
}
