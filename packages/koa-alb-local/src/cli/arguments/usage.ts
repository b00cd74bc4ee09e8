import { type Option, options } from './options.ts'

const column = 29

/** What `--help` prints; docs/local.md quotes it. */
export const usage = `Usage: koa-alb-local <file> [options]
       koa-alb-local --template <file> [--load-balancer <id>] [--config <file>] [options]
       koa-alb-local --config <file> [options]

Serves the export "handler" of a JavaScript or TypeScript file behind a local
Application Load Balancer.

Options:
${Object.entries(options).map(line).join('\n')}

Exit codes:
  0    stopped by Ctrl-C or SIGTERM, after the requests under way were answered
  1    could not start: broken function, port in use, configuration refused
  2    wrong arguments
  130  stopped by a second Ctrl-C, without waiting
`

function line([name, option]: [string, Option]): string {
  const short = option.short ? `-${option.short}, ` : ''
  const value = option.value ? ` <${option.value}>` : ''
  const flag = `  ${short}--${option.canBeOff ? '[no-]' : ''}${name}${value}`
  return `${flag.padEnd(column)} ${option.help}`
}
