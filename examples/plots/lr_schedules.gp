# data: step, then for each schedule NAME and NAME_warmup. One panel for each, on the same axes; the last holds the key.
names = system("head -n 1 ".data." | tr ',' '\\n' | sed '1d; /_warmup$/d'")
panels = words(names)
set multiplot layout 6,3 margins 0.05,0.97,0.05,0.97 spacing 0.065,0.052
set xrange [0:120]
set yrange [0:1.05]
set xtics 40
set ytics 0.5
set format y '%.1f'
set key off
bare = "linecolor rgb '#9AD0F0' linewidth 5" # wide and pale, so that it shows beneath the other
warm = "linecolor rgb '#D55E00' linewidth 1.6"
set title noenhanced offset 0,-0.6
do for [i = 1:panels] {
  if (i > panels - 3) { set xlabel 'Step' offset 0,0.4 }
  set title word(names, i)
  plot data using 1:2*i with lines @bare notitle, data using 1:2*i+1 with lines @warm notitle
}
unset title
unset border
unset tics
unset grid
unset xlabel
set key on center center samplen 4 spacing 1.6 reverse Left
set xrange [0:1]
set yrange [0:1]
plot NaN with lines @bare title 'rate', NaN with lines @warm title 'rate, warmed up in 20 steps'
unset multiplot
