import { parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import type { LayerSpec } from 'vega-lite/types_unstable/spec/layer.js'
import { contestants } from '../contestants/contestants.ts'
import type { Results } from '../results.ts'
import { toScenario } from '../scenarios/scenarios.ts'
import { Lookup } from './lookup.ts'

interface Bar {
  readonly scenario: string
  readonly contestant: string
  readonly node: string
  readonly kind: string
  readonly ratio: number
}

const kinds = {
  ours: 'koa-alb',
  adapter: 'other Koa adapter',
  floor: 'floor',
  orientation: 'other framework',
} as const

// Of the palette by Okabe and Ito, which colour-blind readers can tell apart.
const colors = ['#009e73', '#0072b2', '#999999', '#cc79a7']

/** docs/performance.svg: a small chart per scenario, in single-value mode. */
export async function toChart(results: Results): Promise<string> {
  const { spec } = compile(chartOf(results.nodes.flatMap(barsOf)))
  return new View(parse(spec), { renderer: 'none' }).toSVG()
}

function barsOf(node: Results['nodes'][number]): Bar[] {
  const lookup = new Lookup(node)
  return lookup.scenarios().flatMap((scenario) =>
    lookup.contestants().flatMap(({ id, title, role }) => {
      const ratio = lookup.ratio([id, 'koa-alb'], scenario, 'unitNs')
      if (Number.isNaN(ratio)) return []
      return {
        scenario: toScenario(scenario).title,
        contestant: title,
        node: `Node ${node.version.slice(1)}`,
        kind: kinds[role],
        ratio: Number(ratio.toPrecision(3)),
      }
    }),
  )
}

function chartOf(bars: readonly Bar[]): TopLevelSpec {
  return {
    title: {
      text: 'Time per invocation, as a multiple of that of koa-alb',
      subtitle: 'Single-value mode. Shorter is faster; no bar: not measured, or a wrong answer.',
      anchor: 'start',
      offset: 16,
    },
    data: { values: [...bars] },
    facet: {
      field: 'scenario',
      type: 'nominal',
      title: null,
      sort: valuesOf(bars, 'scenario'),
      header: { labelAnchor: 'start', labelFontWeight: 'bold' },
    },
    columns: 2,
    spacing: { row: 24, column: 40 },
    spec: smallChart(bars),
    resolve: { scale: { x: 'independent' } },
    // On a dark page the chart stays a light sheet.
    background: 'white',
    padding: 16,
    config: { font: 'sans-serif', legend: { orient: 'top', title: null, labelLimit: 240 } },
  }
}

/** A bar per contestant and Node version. */
function smallChart(bars: readonly Bar[]): LayerSpec<string> {
  const nodes = valuesOf(bars, 'node')
  return {
    width: 280,
    height: { step: 11 },
    encoding: {
      y: {
        field: 'contestant',
        type: 'nominal',
        sort: contestants.map(({ title }) => title),
        title: null,
        axis: { labelLimit: 240 },
      },
      yOffset: { field: 'node', type: 'nominal', sort: nodes },
      x: { field: 'ratio', type: 'quantitative', title: null, axis: { tickCount: 5 } },
    },
    layer: [
      {
        mark: { type: 'bar' },
        encoding: {
          color: {
            field: 'kind',
            type: 'nominal',
            scale: { domain: Object.values(kinds), range: colors },
          },
          opacity: {
            field: 'node',
            type: 'nominal',
            sort: nodes,
            scale: { domain: nodes, range: nodes.map((_, index) => (index + 1) / nodes.length) },
          },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 3, fontSize: 9 },
        encoding: { text: { field: 'ratio', type: 'quantitative', format: '.2f' } },
      },
    ],
  }
}

function valuesOf(bars: readonly Bar[], name: 'scenario' | 'node'): string[] {
  return [...new Set(bars.map((bar) => bar[name]))]
}
