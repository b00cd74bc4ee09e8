import { parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import { type Contestant, contestants } from '../contestants/contestants.ts'
import type { Results } from '../results.ts'
import { toScenario } from '../scenarios/scenarios.ts'
import { Lookup } from './lookup.ts'

// The colours are of the palette by Okabe and Ito, which colour-blind readers can tell apart.
const kinds = {
  ours: ['koa-alb', '#009e73'],
  adapter: ['other Koa adapter', '#0072b2'],
  floor: ['floor', '#999999'],
  orientation: ['other framework', '#cc79a7'],
} as const

interface Bar {
  readonly scenario: string
  readonly contestant: string
  readonly node: string
  readonly kind: string
  readonly ratio: number
}

/** docs/performance.svg: a small chart per scenario, in single-value mode. */
export async function toChart(results: Results): Promise<string> {
  const { spec } = compile(chartOf(barsOf(results)))
  return new View(parse(spec), { renderer: 'none' }).toSVG()
}

/** A bar per scenario, contestant and Node version. */
function barsOf(results: Results): Bar[] {
  return results.nodes.flatMap((node) => {
    const lookup = new Lookup(node, results)
    const toBar = (scenario: string, { id, title, role }: Contestant): Bar => ({
      scenario: toScenario(scenario).title,
      contestant: title,
      node: `Node ${node.version.slice(1)}`,
      kind: kinds[role][0],
      ratio: Number(lookup.ratio([id, 'koa-alb'], scenario, 'unitNs').toPrecision(3)),
    })
    return lookup
      .scenarios()
      .flatMap((scenario) => lookup.contestants().map((one) => toBar(scenario, one)))
      .filter(({ ratio }) => !Number.isNaN(ratio))
  })
}

function chartOf(bars: Bar[]): TopLevelSpec {
  const nodes = [...new Set(bars.map(({ node }) => node))]
  const colors = {
    domain: Object.values(kinds).map(([kind]) => kind),
    range: Object.values(kinds).map(([, color]) => color),
  }
  const opacities = { domain: nodes, range: nodes.map((_, index) => (index + 1) / nodes.length) }
  const contestant = {
    field: 'contestant',
    type: 'nominal',
    sort: contestants.map(({ title }) => title),
  } as const
  const node = { field: 'node', type: 'nominal', sort: nodes } as const
  const ratio = { field: 'ratio', type: 'quantitative' } as const
  return {
    title: {
      text: 'Time per invocation, as a multiple of that of koa-alb',
      subtitle: 'Single-value mode. Shorter is faster; no bar: not measured, or a wrong answer.',
      anchor: 'start',
      offset: 16,
    },
    data: { values: bars },
    facet: {
      field: 'scenario',
      type: 'nominal',
      title: null,
      sort: [...new Set(bars.map(({ scenario }) => scenario))],
      header: { labelAnchor: 'start', labelFontWeight: 'bold' },
    },
    columns: 2,
    spacing: { row: 24, column: 40 },
    spec: {
      width: 280,
      height: { step: 11 },
      encoding: {
        y: { ...contestant, title: null, axis: { labelLimit: 240 } },
        yOffset: node,
        x: { ...ratio, title: null, axis: { tickCount: 5 } },
      },
      layer: [
        {
          mark: { type: 'bar' },
          encoding: {
            color: { field: 'kind', type: 'nominal', scale: colors },
            opacity: { ...node, scale: opacities },
          },
        },
        {
          mark: { type: 'text', align: 'left', dx: 3, fontSize: 9 },
          encoding: { text: { ...ratio, format: '.2f' } },
        },
      ],
    },
    resolve: { scale: { x: 'independent' } },
    // On a dark page the chart stays a light sheet.
    background: 'white',
    padding: 16,
    config: { font: 'sans-serif', legend: { orient: 'top', title: null, labelLimit: 240 } },
  }
}
