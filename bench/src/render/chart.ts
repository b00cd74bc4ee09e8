import { parse, View } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import type { Results } from '../results.ts'
import { toScenario } from '../scenarios/scenarios.ts'
import { Lookup } from './lookup.ts'

interface Bar {
  readonly scenario: string
  readonly contestant: string
  readonly role: string
  readonly ratio: number
}

/** docs/performance.svg: a small chart per scenario, of the newest Node in single-value mode. */
export async function toChart(results: Results): Promise<string> {
  const node = results.nodes.at(-1)
  if (!node) throw new RangeError('there are no results to draw')
  const { spec } = compile(chartOf(barsOf(new Lookup(node)), node.version))
  return new View(parse(spec), { renderer: 'none' }).toSVG()
}

function barsOf(lookup: Lookup): Bar[] {
  return lookup.scenarios().flatMap((scenario) => {
    const ours = lookup.median('koa-alb', scenario, 'unitNs')
    if (ours === undefined) return []
    return lookup.contestants().flatMap(({ id, title, role }) => {
      const median = lookup.median(id, scenario, 'unitNs')
      if (median === undefined) return []
      const ratio = Number((median / ours).toPrecision(3))
      return { scenario: toScenario(scenario).title, contestant: title, role, ratio }
    })
  })
}

function chartOf(bars: readonly Bar[], version: string): TopLevelSpec {
  const order = [...new Set(bars.map(({ contestant }) => contestant))]
  return {
    title: {
      text: `Time per invocation, koa-alb = 1 (Node ${version}, single-value mode)`,
      subtitle: 'Shorter is faster. No bar: the answer was wrong.',
      anchor: 'start',
    },
    data: { values: [...bars] },
    facet: {
      field: 'scenario',
      type: 'nominal',
      title: null,
      sort: [...new Set(bars.map(({ scenario }) => scenario))],
      header: { labelAnchor: 'start', labelFontWeight: 'bold' },
    },
    columns: 2,
    bounds: 'flush',
    spacing: { row: 48, column: 60 },
    spec: {
      width: 260,
      height: { step: 16 },
      encoding: {
        y: {
          field: 'contestant',
          type: 'nominal',
          sort: order,
          title: null,
          axis: { labelLimit: 240 },
        },
        x: { field: 'ratio', type: 'quantitative', title: null, axis: { tickCount: 5 } },
      },
      layer: [
        {
          mark: { type: 'bar' },
          encoding: {
            color: {
              field: 'role',
              type: 'nominal',
              legend: null,
              scale: {
                domain: ['ours', 'adapter', 'floor', 'orientation'],
                range: ['#1b7837', '#7b8fa6', '#d0d5db', '#c2a5cf'],
              },
            },
          },
        },
        {
          mark: { type: 'text', align: 'left', dx: 3, fontSize: 10 },
          encoding: { text: { field: 'ratio', type: 'quantitative', format: '.2~f' } },
        },
      ],
    },
    resolve: { scale: { x: 'independent' } },
    background: 'white',
    padding: 12,
    config: { font: 'sans-serif' },
  }
}
