export const prerender = false

export async function POST({ request }) {
  return new Response(await request.arrayBuffer(), { status: 201 })
}

export function PUT({ request }) {
  return new Response(request.body)
}
