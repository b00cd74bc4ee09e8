import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { expect, it } from 'vitest'
import { formats } from '../../src/doctor/formats/formats.ts'
import type { Judged, Report } from '../../src/doctor/formats/report.ts'
import { examineSpoilt } from './examined.ts'

const hostile = [
  'plain',
  '100% of it\r\n::error::and more',
  'a:b,c=d;e',
  '<failure message="x">&amp;]]></failure>',
  '\u0000\u001b[31m\u0085\u2028\u202e',
  'half \ud800 of a pair, a whole one \u{1f680}',
  'x'.repeat(5000),
]

function reportOf(checks: readonly Judged[], subject = 'dist/lambda.js'): Report {
  const tool = { name: 'koa-alb-local', version: '1.2.3' } as const
  const inits = [{ node: 'Node 24.0.0', ms: 1 }]
  return { version: 1, tool, subject, node: '24.0.0', inits, checks }
}

const hostileReport = reportOf(
  hostile.flatMap((text, index): Judged[] => {
    const [code, other] = [`ALB10${index}`, `ALB20${index}`]
    const about = { name: text, severity: 'error' } as const
    const finding = { ...about, code, message: text, events: [text], remedy: text, source: text }
    const findings = [{ ...finding, subject: text, modes: ['multi' as const] }]
    return [
      { ...about, code, status: 'failed', findings: [...findings, ...findings] },
      { ...about, code: other, status: 'not run', reason: text, findings: [] },
    ]
  }),
  'a b/[c]#d?e%:,\u{1f680}.js',
)

const reports = async (): Promise<Report[]> => [
  reportOf([]),
  reportOf(await examineSpoilt({})),
  reportOf(await examineSpoilt({ document: () => ({ statusCode: 'no', headers: { 'a b': 1 } }) })),
  hostileReport,
]

// The schema of OASIS as it became the standard, with the `id` and the expressions of draft 4.
const isSarif = sarifValidator()

function sarifValidator(): ValidateFunction {
  const require = createRequire(import.meta.url)
  const file = require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json')
  const { id, $schema, ...schema } = JSON.parse(readFileSync(file, 'utf8'))
  expect({ id: typeof id, $schema }).toEqual({
    id: 'string',
    $schema: 'http://json-schema.org/draft-04/schema#',
  })
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })
  addFormats.default(ajv)
  return ajv.compile(schema)
}

it('writes SARIF that its schema holds for, whatever is found', async () => {
  for (const report of await reports()) {
    isSarif(JSON.parse(formats.sarif(report)))
    expect(isSarif.errors ?? []).toEqual([])
  }
})

it('would not take SARIF without a message for one', () => {
  const sarif = JSON.parse(formats.sarif(hostileReport))
  delete sarif.runs[0].results[0].message
  expect(isSarif(sarif)).toBe(false)
})

interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

// As in ActionCommand.TryParseV2 of actions/runner, and its UnescapeProperty and UnescapeData.
function commandIn(line: string): Command | undefined {
  const [, name, list = '', data = ''] = /^::([a-z]+)(?: ([^:]*))?::(.*)$/s.exec(line) ?? []
  if (name === undefined) return undefined
  const unescaped = (text: string): string =>
    text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
  const property = (text: string): string =>
    unescaped(text.replaceAll('%3A', ':').replaceAll('%2C', ','))
  const pairs = list.split(',').map((pair) => pair.split('=', 2))
  const properties = Object.fromEntries(
    pairs.map(([key = '', value = '']) => [key, property(value)]),
  )
  return { name, properties, data: unescaped(data) }
}

it('writes annotations that GitHub reads as they were meant, one for each finding', async () => {
  for (const report of await reports()) {
    const lines = formats.github(report).split('\n')
    expect(lines.pop()).toBe('')
    expect(lines.pop()).toMatch(
      / on Node 24\.0\.0: \d+ checks? passed, \d+ failed(?: \(.+\))?, \d+ not run$/,
    )
    const commands = lines.map(commandIn)
    const found = report.checks.flatMap(({ findings }) => findings)
    expect(commands).toHaveLength(found.length)
    for (const [index, command] of commands.entries()) {
      expect(command?.name).toMatch(/^(?:error|warning|notice)$/)
      const title = command?.properties.title
      expect(command?.properties).toEqual({ file: report.subject, title })
      expect(title).toMatch(/^ALB\d{3}$/)
      if (report === hostileReport) expect(command?.data).toContain(found[index]?.message)
    }
  }
})

// What of junit-10.xsd of Jenkins' xUnit plugin stands in these reports: attributes, and what is inside.
const elements: Readonly<Record<string, readonly [attributes: RegExp, inside: RegExp]>> = {
  testsuite: [/^name tests failures skipped$/, /^testcase$/],
  testcase: [/^classname name$/, /^(?:failure|skipped)$/],
  failure: [/^message type$/, /^text$/],
  skipped: [/^message$/, /^$/],
}

/** What is wrong with XML of such elements. */
function faultsOf(xml: string): string[] {
  const faults: string[] = []
  const open: string[] = []
  const [head, body = ''] = xml.split(/\n(.*)/s)
  if (head !== '<?xml version="1.0" encoding="UTF-8"?>') faults.push(`begins with ${head}`)
  if (/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xml)) faults.push('a character')
  if (/&(?!(?:amp|lt|gt|quot);)/.test(xml)) faults.push('a bare ampersand')
  for (const [token, closing, name, attributes = '', end] of body.matchAll(
    /<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>|[^<]+|</g,
  )) {
    const [, inside] = elements[open.at(-1) ?? ''] ?? []
    if (name === undefined) {
      if (token.trim() !== '' && !inside?.test('text'))
        faults.push(`text ${token} in ${open.at(-1)}`)
    } else if (closing) {
      if (open.pop() !== name) faults.push(`${token} ends nothing`)
    } else {
      const names = [...attributes.matchAll(/ ([a-z]+)="/g)].map(([, each]) => each).join(' ')
      if (!elements[name]?.[0].test(names)) faults.push(`${name} with ${names}`)
      if (inside ? !inside.test(name) : open.length > 0) faults.push(`${name} in ${open.at(-1)}`)
      if (!end) open.push(name)
    }
  }
  return [...faults, ...open.map((name) => `${name} does not end`)]
}

it('writes JUnit whose elements are those that CI servers read', async () => {
  for (const report of await reports()) {
    const xml = formats.junit(report)
    expect(faultsOf(xml)).toEqual([])
    const cases = [...xml.matchAll(/<testcase [\s\S]*?<\/testcase>/g)].map(([each]) => each)
    const [, tests, failures, skipped] =
      /tests="(\d+)" failures="(\d+)" skipped="(\d+)"/.exec(xml) ?? []
    expect(Number(tests)).toBe(cases.length)
    expect(Number(failures)).toBe(cases.filter((each) => each.includes('<failure ')).length)
    expect(Number(skipped)).toBe(cases.filter((each) => each.includes('<skipped ')).length)
  }
})

it('would find what is wrong with XML', () => {
  const xml = formats.junit(hostileReport)
  expect(faultsOf(xml.replace('</testsuite>', ''))).toEqual(['testsuite does not end'])
  expect(faultsOf(xml.replace('&lt;', '&lt'))).toEqual(['a bare ampersand'])
})
