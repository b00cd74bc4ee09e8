import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { doctorUsage } from '../../packages/koa-alb-local/src/cli/arguments/doctor-options.ts'
import { checks } from '../../packages/koa-alb-local/src/doctor/checks/checks.ts'
import { loads } from '../../packages/koa-alb-local/src/doctor/checks/loads.ts'
import { moduleChecks } from '../../packages/koa-alb-local/src/doctor/checks/module-checks.ts'
import { startsInTime } from '../../packages/koa-alb-local/src/doctor/checks/starts-in-time.ts'
import { templateChecks } from '../../packages/koa-alb-local/src/doctor/checks/template-checks.ts'

const all = [...checks, loads, startsInTime, ...moduleChecks, ...templateChecks].toSorted((a, b) =>
  a.code < b.code ? -1 : 1,
)
const page = await readFile(new URL('../../docs/doctor.md', import.meta.url), 'utf8')

it('has a section for each check of doctor, with what the check says', () => {
  const [, ...sections] = page.split(/^### /m)
  const expected = all.map(({ code, severity, name, remedy, source }) => {
    const link = source.startsWith('docs/') ? `[${source}](${source.slice(5)})` : `[AWS](${source})`
    return `${code}\n\n${severity}: ${name}. ${remedy} Source: ${link}.\n`
  })
  expect(sections.map((section) => `${section.trim()}\n`)).toEqual(expected)
})

it('has codes that are used once, and rise', () => {
  for (const list of [checks, moduleChecks, templateChecks, all]) {
    const codes = list.map(({ code }) => code)
    expect(codes).toEqual([...new Set(codes)].sort())
  }
})

it('lists the options of doctor as its usage text does', () => {
  const listed = [...page.matchAll(/^\| `(--[a-z-]+)/gm)].map(([, option]) => option)
  const used = [...doctorUsage.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option)
  expect(listed.length).toBeGreaterThan(10)
  expect(listed).toEqual(used)
})
