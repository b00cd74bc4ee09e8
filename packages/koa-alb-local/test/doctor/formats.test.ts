import { expect, it } from 'vitest'
import { formats } from '../../src/doctor/formats/formats.ts'
import { fails, type Report } from '../../src/doctor/formats/report.ts'

const report: Report = {
  version: 1,
  tool: { name: 'koa-alb-local', version: '1.2.3' },
  subject: 'dist/a,b.js',
  node: '24.0.0',
  inits: [{ node: 'Node 24.0.0', ms: 143 }],
  checks: [
    {
      code: 'ALB107',
      name: 'header values are strings',
      severity: 'error',
      status: 'failed',
      findings: [
        {
          code: 'ALB107',
          severity: 'error',
          message: 'header value is a number: <x> 100%\u0001',
          modes: ['single', 'multi'],
          events: ['GET /', 'a form'],
          remedy: 'Make it a string.',
          source: 'docs/alb-behaviour.md',
        },
      ],
    },
    { code: 'ALB120', name: 'a', severity: 'warning', status: 'passed', findings: [] },
    {
      code: 'ALB201',
      name: 'b',
      severity: 'note',
      status: 'not run',
      reason: 'no "adapter"',
      findings: [],
    },
  ],
}

it('writes text with what did not run, and a summary', () => {
  expect(
    formats.text(report),
  ).toBe(`error ALB107 header value is a number: <x> 100%\\x01 (single, multi)
    seen with GET / and 1 more
    Make it a string.
    docs/doctor.md#alb107
not run: ALB201: no "adapter"
Node 24.0.0: init phase of 143 ms
dist/a,b.js on Node 24.0.0: 1 check passed, 1 failed (1 error), 1 not run
`)
})

it('writes annotations of GitHub, with what would end them escaped', () => {
  expect(formats.github(report)).toBe(
    '::error file=dist/a%2Cb.js,title=ALB107::header value is a number: <x> 100%25\u0001 (single, multi). Make it a string. docs/doctor.md#alb107\ndist/a,b.js on Node 24.0.0: 1 check passed, 1 failed (1 error), 1 not run\n',
  )
})

it('writes SARIF 2.1.0, a rule for each check and a result for each finding', () => {
  const { version, runs } = JSON.parse(formats.sarif(report))
  expect(version).toBe('2.1.0')
  expect(runs).toHaveLength(1)
  const [{ tool, invocations, results }] = runs
  expect(tool.driver.name).toBe('koa-alb-local doctor')
  expect(tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([
    'ALB107',
    'ALB120',
    'ALB201',
  ])
  expect(invocations[0].toolExecutionNotifications).toEqual([
    { associatedRule: { id: 'ALB201' }, level: 'note', message: { text: 'not run: no "adapter"' } },
  ])
  expect(results).toEqual([
    {
      ruleId: 'ALB107',
      level: 'error',
      message: {
        text: 'header value is a number: <x> 100%\u0001 (single, multi). Make it a string.',
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'dist/a,b.js' },
            region: { startLine: 1 },
          },
        },
      ],
    },
  ])
})

it('writes JUnit, well-formed', () => {
  expect(formats.junit(report)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="koa-alb-local doctor" tests="3" failures="1" skipped="1">
  <testcase classname="dist/a,b.js" name="ALB107 header values are strings">
    <failure message="header value is a number: &lt;x&gt; 100%? (single, multi)" type="error">Make it a string.</failure>
  </testcase>
  <testcase classname="dist/a,b.js" name="ALB120 a">
  </testcase>
  <testcase classname="dist/a,b.js" name="ALB201 b">
    <skipped message="no &quot;adapter&quot;"/>
  </testcase>
</testsuite>
`)
})

it('fails from the given severity on', () => {
  const { checks } = report
  const warning = checks.map((check) => ({
    ...check,
    findings: check.findings.map((finding) => ({ ...finding, severity: 'warning' as const })),
  }))
  const milder = { ...report, checks: warning }
  expect(fails(report, 'error')).toBe(true)
  expect(fails(milder, 'error')).toBe(false)
  expect(fails(milder, 'warning')).toBe(true)
})
