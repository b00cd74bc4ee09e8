import { describe, expect, it } from 'vitest'
import { parseArguments } from '../../../src/cli/arguments/arguments.ts'
import { UsageError } from '../../../src/cli/arguments/usage-error.ts'

it('fills in what is not given', () => {
  expect(parseArguments(['dist/lambda.js'])).toEqual({
    source: { kind: 'file', file: 'dist/lambda.js' },
    port: 3000,
    host: '127.0.0.1',
    isHttps: false,
    certificate: undefined,
    tls: true,
    mapRedirects: true,
    multiValueHeaders: true,
    healthCheckPath: undefined,
    timeoutMs: 30_000,
    memoryLimitInMB: 1024,
    env: [],
    envFile: undefined,
    fnEnvFiles: [],
    concurrency: 100,
    keepWarm: 6,
    runtime: 'bootstrap',
    invoke: {},
    listeners: {},
    servers: {},
    node: undefined,
    watch: undefined,
    accessLog: undefined,
    connectionLog: undefined,
    healthCheckLog: undefined,
    logFormat: 'pretty',
    longLines: false,
  })
})

it('takes every option of a single file', () => {
  const args =
    'app.ts -p 8080 --host 0.0.0.0 --cert c.pem --key k.pem --multi-value-headers --timeout 3 ' +
    '--memory 256 --env-file .env --concurrency 2 --keep-warm 0 --runtime official --node node22 --no-watch ' +
    '--access-log - --connection-log c.log --health-check-log h.log --log-format json --long-lines --health-check /up --no-map-redirects'
  expect(parseArguments(args.split(' '))).toEqual({
    source: { kind: 'file', file: 'app.ts' },
    port: 8080,
    host: '0.0.0.0',
    isHttps: true,
    certificate: { cert: 'c.pem', key: 'k.pem' },
    tls: true,
    mapRedirects: false,
    multiValueHeaders: true,
    healthCheckPath: '/up',
    timeoutMs: 3000,
    memoryLimitInMB: 256,
    env: [],
    envFile: '.env',
    fnEnvFiles: [],
    concurrency: 2,
    keepWarm: 0,
    runtime: 'official',
    invoke: {},
    listeners: {},
    servers: {},
    node: 'node22',
    watch: false,
    accessLog: '-',
    connectionLog: 'c.log',
    healthCheckLog: 'h.log',
    logFormat: 'json',
    longLines: true,
  })
})

it.each([
  ['a.js', undefined],
  ['a.js --debug', 9229],
  ['a.js --debug --debug-port 9230', 9230],
  ['a.js --debug-port 0', 0],
])('has a port for debuggers where one is asked for: %s', (args, debugPort) => {
  expect(parseArguments(args.split(' '))).toMatchObject({ debugPort })
})

it('takes endpoints of functions, by URL or ARN', () => {
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function:far'
  const args = [
    '--config',
    'c.json',
    '--invoke',
    'A=http://127.0.0.1:9000/?a=b',
    '--invoke',
    `B=${arn}`,
  ]
  expect(parseArguments(args)).toMatchObject({
    invoke: { A: 'http://127.0.0.1:9000/?a=b', B: arn },
  })
})

it.each([
  [['--config', 'c.json', '--invoke', 'A'], '--invoke takes Function=http://127.0.0.1:9000, got A'],
  [['a.js', '--invoke', 'A=http://127.0.0.1:9000'], '--invoke is for --template and --config'],
  [['a.js', '--listener', 'Shared=443'], '--listener is for --template and --config'],
  [
    ['--template', 'a', '--listener', 'Shared=443,tls'],
    '--listener takes name=80 or name=443,https, got Shared=443,tls',
  ],
  [
    ['--template', 'a', '--listener', 'Shared=65536'],
    '--listener takes name=80 or name=443,https, got Shared=65536',
  ],
])('refuses %j', (args, message) => {
  expect(() => parseArguments(args)).toThrow(message)
})

it('takes listeners outside of the template', () => {
  const args = ['--template', 'a', '--listener', 'Web=80', '--listener', 'arn:a:b=443,https']
  expect(parseArguments(args)).toMatchObject({
    listeners: {
      Web: { Port: 80, Protocol: 'HTTP' },
      'arn:a:b': { Port: 443, Protocol: 'HTTPS' },
    },
  })
})

it('takes --no-tls, but not with a certificate', () => {
  expect(parseArguments(['a.js', '--https', '--no-tls'])).toMatchObject({
    isHttps: true,
    tls: false,
  })
  expect(() => parseArguments(['a.js', '--no-tls', '--cert', 'c.pem', '--key', 'k.pem'])).toThrow(
    '--cert and --key are for TLS, which --no-tls turns off',
  )
})

it('takes --no-multi-value-headers', () => {
  expect(parseArguments(['a.js', '--no-multi-value-headers'])).toMatchObject({
    multiValueHeaders: false,
  })
})

it('takes a template and the load balancer in it', () => {
  const args = ['--template', 'app.yaml', '--load-balancer', 'Web']
  expect(parseArguments(args)).toMatchObject({
    source: { kind: 'template', file: 'app.yaml', loadBalancer: 'Web', parameters: {} },
  })
})

it('takes a configuration beside a template for what stands for AWS', () => {
  expect(parseArguments(['--template', 'app.yaml', '--config', 'local.json'])).toMatchObject({
    source: { kind: 'template', file: 'app.yaml', standIns: 'local.json' },
  })
})

it.each([
  '--parameter-overrides Stage=live --parameter-overrides Query=a=b',
  '--parameter-overrides Stage=live Query=a=b',
])('takes parameters of a template as %s', (overrides) => {
  expect(parseArguments(`--template app.yaml ${overrides}`.split(' '))).toMatchObject({
    source: { kind: 'template', parameters: { Stage: 'live', Query: 'a=b' } },
  })
})

it('takes variables for every function and for one, and files of them', () => {
  const args = 'a.js --env A=1=2 --env Api.v2.B= --fn-env-file Api=./a=b.env'
  expect(parseArguments(args.split(' '))).toMatchObject({
    env: [
      { functionName: undefined, name: 'A', value: '1=2' },
      { functionName: 'Api.v2', name: 'B', value: '' },
    ],
    fnEnvFiles: [{ functionName: 'Api', file: './a=b.env' }],
  })
})

it.each([
  [['a.js'], '8080', 8080],
  [['a.js'], '', 3000],
  [['a.js', '--port', '0'], 'abc', 0],
])('takes the port of %s with PORT=%s', (args, PORT, port) => {
  expect(parseArguments(args, { PORT })).toMatchObject({ port })
})

it.each(['abc', '65536', '-1', ' 80'])('refuses PORT=%s', (PORT) => {
  expect(() => parseArguments(['a.js'], { PORT })).toThrow(
    new UsageError(
      `PORT in the environment is an integer from 0 to 65535, got ${PORT}; --port takes precedence`,
    ),
  )
})

it('asks for help or the version before anything else', () => {
  expect(parseArguments(['-h'])).toBe('help')
  expect(parseArguments(['--version'])).toBe('version')
})

describe('refuses', () => {
  it.each([
    ['', 'Nothing to serve: give a file that exports a handler, such as dist/lambda.js'],
    ['a.js b.js', 'Give one file, one --template or one --config, not a.js and b.js'],
    ['a.js --config b', 'Give one file, one --template or one --config, not a.js and b'],
    ['a.js --load-balancer Web', '--load-balancer is for --template'],
    ['a.js --parameter-overrides A=1', '--parameter-overrides is for --template'],
    ['--template b --parameter-overrides A', '--parameter-overrides takes Name=Value, got A'],
    ['--config b --timeout 3', '--timeout is for a single file; b has its own settings'],
    ['a.js --prot 1', "Unknown option '--prot'; did you mean --port?"],
    [
      'a.js --no-multi-value-header',
      "Unknown option '--no-multi-value-header'; did you mean --no-multi-value-headers?",
    ],
    ['a.js --colour', "Unknown option '--colour'"],
    ['a.js --port 65536', '--port takes an integer from 0 to 65535, got 65536'],
    ['a.js --port=1e3', '--port takes an integer from 0 to 65535, got 1e3'],
    ['a.js --timeout 901', '--timeout takes an integer from 1 to 900, got 901'],
    ['a.js --env A', '--env takes KEY=value or Function.KEY=value, got A, which has no ='],
    ['a.js --env 1A=2', '--env takes KEY=value or Function.KEY=value, got 1A=2'],
    ['a.js --env .A=2', '--env takes KEY=value or Function.KEY=value, got .A=2'],
    ['a.js --env _HANDLER=x', '--env: _HANDLER is set by Lambda itself'],
    ['a.js --fn-env-file Api=', '--fn-env-file takes Function=<file>, got Api='],
    ['a.js --fn-env-file=', '--fn-env-file takes Function=<file>, got nothing'],
    ['a.js --cert c', '--cert and --key go together'],
    ['a.js --health-check up', '--health-check takes a path that begins with /, got up'],
    [
      'a.js --runtime offical',
      '--runtime is one of bootstrap, official, in-process, got offical; did you mean official?',
    ],
    ['a.js --runtime x', '--runtime is one of bootstrap, official, in-process, got x'],
    [
      'a.js --runtime in-process --node n',
      '--node is for functions in processes of their own, not --runtime in-process',
    ],
    [
      'a.js --runtime in-process --concurrency 2',
      '--concurrency is for functions in processes of their own, not --runtime in-process',
    ],
    [
      'a.js --runtime in-process --debug',
      '--debug is for functions in processes of their own; with --runtime in-process, start Node itself with it: node --inspect node_modules/koa-alb-local/bin/koa-alb-local.js',
    ],
    ['a.js --debug-port 65536', '--debug-port takes an integer from 0 to 65535, got 65536'],
  ])('%s', (args, message) => {
    const parse = (): unknown => parseArguments(args.split(' ').filter(Boolean))
    expect(parse).toThrow(new UsageError(message))
  })
})

it('takes servers of target groups, several of each', () => {
  const args =
    '--config a.json --target A=http://127.0.0.1:1 --target B=https://b --target A=http://[::1]:2'
  expect(parseArguments(args.split(' '))).toMatchObject({
    servers: { A: ['http://127.0.0.1:1', 'http://[::1]:2'], B: ['https://b'] },
  })
})

it.each([
  [
    '--config a.json --target http://127.0.0.1:4000',
    '--target takes Group=http://127.0.0.1:4000, got http://127.0.0.1:4000',
  ],
  ['--config a.json --target A=4000', '--target takes Group=http://127.0.0.1:4000, got A=4000'],
  ['a.js --target A=http://127.0.0.1:4000', '--target is for --template and --config'],
])('refuses %s', (args, message) => {
  expect(() => parseArguments(args.split(' '))).toThrow(message)
})
