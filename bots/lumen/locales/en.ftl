# Lumen's own voice: what stands here is said instead of Askaround's wording of the same key.
# Everything else is said as locales/en.ftl of Askaround says it.

solved-by-self = Back in the light, { $who } ✨ I’ve marked your question as solved.
rank-legend = Lighthouse
