// What everything is measured by: a bare grammY bot behind a webhook that commits one INSERT and answers each update once.
import { createServer } from 'node:http'
import { Bot, webhookCallback } from 'grammy'
import postgres from 'postgres'

const { BOT_API_ROOT, BOT_TOKEN, DATABASE_URL, PORT, WEBHOOK_SECRET } = process.env
const sql = postgres(DATABASE_URL, { max: 10, onnotice: () => {} })
await sql`create table if not exists yardstick (id bigint generated always as identity, chat bigint, body text, at timestamptz default now())`

const bot = new Bot(BOT_TOKEN, { client: { apiRoot: BOT_API_ROOT, canUseWebhookReply: () => false } })
await bot.init()
bot.use(async (ctx) => {
  await sql`insert into yardstick (chat, body) values (${ctx.chat.id}, ${ctx.msg?.text ?? ''})`
  await ctx.reply('ok')
})
const handle = webhookCallback(bot, 'http', { secretToken: WEBHOOK_SECRET })
createServer(handle).listen(Number(PORT), '127.0.0.1', () => process.stdout.write('listening\n'))
process.on('SIGTERM', () => process.exit(0))
