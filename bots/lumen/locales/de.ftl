# Wie in en.ftl: hier steht nur, was Lumen anders sagt.

rank-legend = Leuchtturm
