import { checklist } from './walk.ts'

const { row } = checklist()

row('row-19 open now? the next opening, lunch, and a queue that goes over to the next day', async (on) => {
  const { me, by, restart } = on
  await on.told(
    by('вы сейчас работаете?', 'are you open now?'),
    by(
      /операторы сейчас на связи|Сейчас операторы не работают/,
      /operators are here now|Operators are not working now/,
    ),
  )
  await me.hears(by(/13:00, 14:00|обед|13:00[\s\S]*14:00/, /13:00[\s\S]*14:00/))
  await restart()
  await on.told(
    by('в понедельник работаете?', 'are you open on Monday'),
    by(/понедельник[\s\S]*09:00–13:00, 14:00–18:00/, /Monday[\s\S]*09:00–13:00, 14:00–18:00/),
  )
  await me.presses(by('Часы и дни подробнее', 'More on hours and days'))
  await me.hears(by('Всё равно нажмите', /all the same/))
})

row('row-20 days off, holidays and shorter shifts', async (on) => {
  const { by, restart } = on
  await on.told(
    by('в воскресенье работаете?', 'are you open on Sunday'),
    by(/воскресенье, [\s\S]*выходной/, /Sunday[\s\S]*closed/),
  )
  await restart()
  await on.told(
    by('вы работаете в праздники?', 'are you open on holidays?'),
    by('Ближайшие особые дни', 'special days'),
  )
})
